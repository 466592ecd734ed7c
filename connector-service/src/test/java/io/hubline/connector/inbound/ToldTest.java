package io.hubline.connector.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.engine.Transactions;
import io.hubline.connector.inbound.domain.OrderSnapshot;
import io.hubline.connector.inbound.domain.OrderSnapshot.SoldLine;
import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.inbound.domain.OrderSnapshots.SoldThrough;
import io.hubline.connector.inbound.domain.OrderSnapshots.Told;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Goal: what was ever announced of an offer is counted line by line, and never falls. Method: snapshots of
/// orders of an account that nothing works.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ToldTest {

    private static final String ACCOUNT = "nobody-told";

    private final OrderSnapshots snapshots;
    private final Transactions transactions;

    ToldTest(OrderSnapshots snapshots, Transactions transactions) {
        this.snapshots = snapshots;
        this.transactions = transactions;
    }

    @Test
    void units_once_ordered_stay_counted_whatever_a_later_snapshot_says() {
        remember("O1", line("1", "a", null, null, 3, 3));

        remember("O1", line("1", "a", null, null, 1, 2));

        assertThat(told(offer("a", null, null))).isEqualTo(new Told(3, 2));
    }

    @Test
    void a_line_that_is_gone_is_cancelled_and_stays_counted() {
        remember("O2", line("1", "b", null, null, 2, 2), line("2", "b", null, null, 1, 1));

        remember("O2", line("2", "b", null, null, 1, 1));

        assertThat(told(offer("b", null, null))).isEqualTo(new Told(3, 2));
    }

    @Test
    void what_has_left_is_not_cancelled() {
        remember("O3", line("1", "c", null, null, 2, 2));
        transactions.run(() -> snapshots.shipped(ACCOUNT, "O3", Map.of("1", 1)));

        remember("O3", line("1", "c", null, null, 0, 2));

        assertThat(told(offer("c", null, null))).isEqualTo(new Told(2, 1));
    }

    @Test
    void a_line_is_found_by_its_variant_or_else_by_its_text() {
        remember(
                "O4",
                line("1", "d", "v1", null, 1, 1),
                line("2", "d", "v2", null, 2, 2),
                line("3", "d", null, null, 4, 4),
                line("4", "other", "v1", null, 8, 8));

        assertThat(told(offer("d", "v1", null)).ordered()).isEqualTo(1 + 4 + 8);
        assertThat(told(offer("d", null, null)).ordered()).isEqualTo(1 + 2 + 4);
    }

    @Test
    void a_line_stays_with_the_place_that_sold_it() {
        remember("O5", line("1", "e", "v5", "here", 2, 2));

        remember("O5", line("1", "e", "v5", "there", 2, 2));

        assertThat(told(offer("e", "v5", "here")).ordered()).isEqualTo(2);
        assertThat(told(offer("e", "v5", "there")).ordered()).isZero();
    }

    @Test
    void offers_are_answered_for_in_their_order() {
        remember("O6", line("1", "f", null, null, 5, 5));

        List<Told> told =
                transactions.call(() -> snapshots.told(List.of(offer("nothing", null, null), offer("f", null, null))));

        assertThat(told).containsExactly(new Told(0, 0), new Told(5, 0));
    }

    private void remember(String order, SoldLine... lines) {
        transactions.run(() -> {
            snapshots.lock(ACCOUNT, order);
            snapshots.save(
                    ACCOUNT,
                    order,
                    new OrderSnapshot.Saved(
                            new OrderSnapshot(Instant.now(), "print", "hash", snapshots.nextNumber()), List.of(lines)),
                    Instant.now());
        });
    }

    private Told told(SoldThrough offer) {
        return transactions.call(() -> snapshots.told(List.of(offer))).getFirst();
    }

    private static SoldThrough offer(String sku, @Nullable String variant, @Nullable String location) {
        return new SoldThrough(ACCOUNT, sku, variant, location);
    }

    private static SoldLine line(
            String id, String sku, @Nullable String variant, @Nullable String location, int quantity, int ordered) {
        return new SoldLine(id, sku, variant, location, quantity, ordered);
    }
}
