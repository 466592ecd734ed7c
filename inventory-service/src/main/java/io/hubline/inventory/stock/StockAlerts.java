package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockAlert;
import io.hubline.contracts.inventory.StockAlert.AffectedOrder;
import io.hubline.contracts.inventory.StockAlert.PositionHealed;
import io.hubline.contracts.inventory.StockAlert.PositionShort;
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Shortage;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells a person whom a loss of promised units concerns, and when it is healed.
@ApplicationScoped
class StockAlerts {

    // What one event can carry; who needs more asks for the open lines of the SKU.
    private static final int ORDERS_MAX = 5_000;

    private final StockLedger ledger;
    private final Outbox outbox;

    StockAlerts(StockLedger ledger, Outbox outbox) {
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /// Announces every pool whose shortage changed, and these pools if they are short. The decision is
    /// saved, and its pools are held: nobody is promised or released anything of them meanwhile.
    @Transactional(MANDATORY)
    void announce(Decision decision, Set<StockKey> besides, Instant now) {
        List<StockAlert> alerts = new ArrayList<>();
        for (PoolPosition pool : decision.after().pools().values()) {
            @Nullable PoolPosition before = decision.before().pools().get(pool.key());
            int shortBefore = before == null ? 0 : before.shortBy();
            if (pool.shortBy() > 0 && (pool.shortBy() != shortBefore || besides.contains(pool.key()))) {
                alerts.add(isShort(pool, now));
            } else if (pool.shortBy() == 0 && shortBefore > 0) {
                alerts.add(new PositionHealed(pool.key().sku(), pool.key().pool(), now));
            }
        }
        if (!alerts.isEmpty()) {
            outbox.publishAll(Topic.STOCK_ALERTS, alerts);
        }
    }

    private PositionShort isShort(PoolPosition pool, Instant now) {
        List<AffectedOrder> orders = Shortage.affected(pool.shortBy(), ledger.promisedOf(pool.key())).stream()
                .limit(ORDERS_MAX)
                .map(order -> new AffectedOrder(order.orderId(), order.units()))
                .toList();
        return new PositionShort(pool.key().sku(), pool.key().pool(), pool.shortBy(), orders, now);
    }
}
