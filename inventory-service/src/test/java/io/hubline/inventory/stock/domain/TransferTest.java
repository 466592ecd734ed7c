package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.Outcome.Missing;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransferTest {

    private static final String SHIRT = "SHIRT";
    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private final BooksInMemory books = new BooksInMemory();

    @Test
    void what_is_sent_can_be_promised_to_nobody_until_it_arrives() {
        received("berlin", 5);

        assertThat(send("T", 3)).isEqualTo(new Outcome.Done());

        assertThat(books.pool(SHIRT).onHand()).isEqualTo(2);
        assertThat(transfer("T").inTransit(SHIRT)).isEqualTo(3);
        assertThat(arrive("T", "R1", 2)).isEqualTo(new Outcome.Done());
        assertThat(books.position(SHIRT, "hamburg").onHand()).isEqualTo(2);
        assertThat(books.pool(SHIRT).free()).isEqualTo(4);
        assertThat(transfer("T").state()).isEqualTo(Transfer.State.IN_TRANSIT);
        assertThat(books.movements)
                .extracting(StockMovement::reason)
                .containsExactly(Reason.RECEIPT, Reason.TRANSFER_OUT, Reason.TRANSFER_IN);
    }

    @Test
    void promised_units_are_not_sent() {
        received("berlin", 5);
        order("A", 3);

        assertThat(send("T", 3)).isEqualTo(new Outcome.Refused(List.of(new Missing(SHIRT, 3, 2))));

        assertThat(books.transfers).isEmpty();
        assertThat(books.position(SHIRT, "berlin").onHand()).isEqualTo(5);
    }

    @Test
    void what_a_channel_may_have_sold_is_not_sent() {
        received("berlin", 5);
        StockKey key = StockKey.of(SHIRT);
        books.pools.put(key, books.pool(SHIRT).exposed(4));

        assertThat(send("T", 2)).isEqualTo(new Outcome.Refused(List.of(new Missing(SHIRT, 2, 1))));
    }

    @Test
    void a_transfer_goes_whole_or_not_at_all() {
        received("berlin", 5);

        Outcome outcome = books.decide(
                        new Request.Sent("T", "berlin", "hamburg", new TreeMap<>(Map.of(SHIRT, 1, "MUG", 1)), MORNING))
                .outcomes()
                .getFirst();

        assertThat(outcome).isEqualTo(new Outcome.Refused(List.of(new Missing("MUG", 1, 0))));
        assertThat(books.pool(SHIRT).onHand()).isEqualTo(5);
    }

    @Test
    void no_more_arrives_than_was_sent() {
        received("berlin", 5);
        send("T", 3);
        arrive("T", "R1", 2);

        assertThat(arrive("T", "R2", 2)).isEqualTo(new Outcome.Refused(List.of(new Missing(SHIRT, 2, 1))));

        assertThat(books.position(SHIRT, "hamburg").onHand()).isEqualTo(2);
    }

    @Test
    void what_arrives_goes_to_whoever_waits() {
        received("berlin", 5);
        send("T", 5);
        order("A", 4);
        assertThat(books.line("A", "1").backordered()).isEqualTo(4);

        arrive("T", "R1", 3);

        assertThat(books.line("A", "1").held()).isEqualTo(3);
    }

    @Test
    void what_never_arrived_is_lost_with_a_reason() {
        received("berlin", 5);
        send("T", 3);
        arrive("T", "R1", 1);

        Decision decision = books.decide(new Request.Closed("T", "hamburg", Grounds.STOLEN, MORNING));

        assertThat(decision.discrepancies()).singleElement().satisfies(loss -> {
            assertThat(loss.kind()).isEqualTo(Discrepancy.Kind.LOST_IN_TRANSIT);
            assertThat(loss.units()).isEqualTo(2);
            assertThat(loss.detail()).contains("STOLEN");
        });
        assertThat(transfer("T").lines().get(SHIRT)).isEqualTo(new Transfer.Line(3, 1, 2));
        assertThat(arrive("T", "R2", 1)).isEqualTo(new Outcome.NotInTransit());
    }

    @Test
    void a_transfer_between_pools_lowers_one_and_raises_the_other() {
        books.layout = new PoolLayout(Map.of("hamburg", "north"), Map.of("shop-n", "north"));
        received("berlin", 5);

        send("T", 3);
        arrive("T", "R", 3);

        assertThat(books.pool(SHIRT).onHand()).isEqualTo(2);
        assertThat(books.pools)
                .extractingByKey(new StockKey("north", SHIRT))
                .extracting(PoolPosition::onHand)
                .isEqualTo(3);
    }

    private void received(String location, int quantity) {
        books.decide(new Request.Moved(
                new PositionKey(SHIRT, location), quantity, Reason.RECEIPT, "receipt " + books.movements.size()));
    }

    private void order(String id, int quantity) {
        books.decide(new Request.Promised(new OrderDemand(
                id,
                1,
                Promise.State.OPEN,
                MORNING,
                null,
                "shop-a",
                "shop-a:" + id,
                List.of(new Line("1", SHIRT, "shop-a:SHIRT", quantity, quantity)),
                List.of())));
    }

    private Outcome send(String id, int quantity) {
        return books.decide(new Request.Sent(id, "berlin", "hamburg", units(quantity), MORNING))
                .outcomes()
                .getFirst();
    }

    private Outcome arrive(String id, String receipt, int quantity) {
        return books.decide(new Request.Arrived(id, "hamburg", receipt, units(quantity), MORNING))
                .outcomes()
                .getFirst();
    }

    private Transfer transfer(String id) {
        return Objects.requireNonNull(books.transfers.get(id));
    }

    private static SortedMap<String, Integer> units(int quantity) {
        SortedMap<String, Integer> units = new TreeMap<>();
        units.put(SHIRT, quantity);
        return units;
    }
}
