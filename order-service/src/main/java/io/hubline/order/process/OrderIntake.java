package io.hubline.order.process;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.connector.ChannelOrderEvent;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.kit.Ids;
import io.hubline.order.offer.OfferService;
import io.hubline.order.offer.OfferService.Named;
import io.hubline.order.offer.OfferService.Sold;
import io.hubline.order.offer.OfferWatcher;
import io.hubline.order.process.domain.Line;
import io.hubline.order.process.domain.Mapping;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.OrderInput.MappingArrived;
import io.hubline.order.process.domain.OrderInput.SnapshotObserved;
import io.hubline.order.process.domain.OrderStore;
import io.hubline.order.process.domain.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes in what the channels and the catalogue say about orders.
@ApplicationScoped
public class OrderIntake implements OfferWatcher {

    private final OrderStore orders;
    private final OrderAdvance advance;
    private final OfferService offers;

    OrderIntake(OrderStore orders, OrderAdvance advance, OfferService offers) {
        this.orders = orders;
        this.advance = advance;
        this.offers = offers;
    }

    /// Creates or advances exactly one order (invariant I3), however often and in whatever order snapshots
    /// come.
    @Transactional(MANDATORY)
    public void take(ChannelOrderEvent event) {
        switch (event) {
            case ChannelOrderObserved observed -> observe(observed);
        }
    }

    private void observe(ChannelOrderObserved event) {
        // Before the order is locked: an offer's arrival locks the offers first and waiting orders next.
        List<Optional<Sold>> matches = offers.find(event.account(), SnapshotTranslation.names(event));
        Snapshot snapshot = SnapshotTranslation.snapshot(event, matches);
        Optional<Order> known = orders.hold(event.account(), event.externalId());
        if (known.isEmpty()) {
            Order.Identity identity =
                    new Order.Identity(Ids.text(), event.account(), event.channel(), event.externalId());
            if (advance.accept(identity, snapshot)) {
                return;
            }
            known = orders.hold(event.account(), event.externalId());
        }
        advance.apply(known.orElseThrow(), new SnapshotObserved(snapshot));
    }

    /// Maps the lines that waited for an offer.
    @Override
    @Transactional(MANDATORY)
    public void offerKnown(String account, List<String> variantKeys, List<String> channelSkus) {
        for (String orderId : orders.waitingFor(account, variantKeys, channelSkus)) {
            orders.hold(orderId).ifPresent(this::map);
        }
    }

    private void map(Order order) {
        List<Line> waiting =
                order.lines().stream().filter(line -> line.mapping() == null).toList();
        List<Optional<Sold>> matches = offers.find(
                order.identity().account(),
                waiting.stream()
                        .map(line -> new Named(line.channelSku(), line.variantId(), line.channelLocation()))
                        .toList());
        Map<String, Mapping> found = new HashMap<>();
        for (int i = 0; i < waiting.size(); i++) {
            String lineId = waiting.get(i).lineId();
            matches.get(i).ifPresent(match -> found.put(lineId, SnapshotTranslation.mapping(match)));
        }
        advance.apply(order, new MappingArrived(found));
    }
}
