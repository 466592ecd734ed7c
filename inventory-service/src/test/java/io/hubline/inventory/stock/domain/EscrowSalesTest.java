package io.hubline.inventory.stock.domain;

import static io.hubline.inventory.stock.domain.Demands.MORNING;
import static io.hubline.inventory.stock.domain.Demands.cancelled;
import static io.hubline.inventory.stock.domain.Demands.hold;
import static io.hubline.inventory.stock.domain.Demands.line;
import static io.hubline.inventory.stock.domain.Demands.received;
import static io.hubline.inventory.stock.domain.Demands.wants;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.Decision.Sales;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What sales, cancellations and holds do where units are set aside for offers.
class EscrowSalesTest {

    private static final String SHIRT = "SHIRT";
    private static final String OFFER = "shop-a:SHIRT";
    private static final StockKey KEY = StockKey.of(SHIRT);

    private final BooksInMemory books = new BooksInMemory();

    @Test
    void a_booked_sale_lowers_what_the_channel_may_still_sell() {
        books.decide(received(SHIRT, "berlin", 10));
        expose(true, 4, Parts.plain(KEY));

        Decision decision = books.decide(wants("A", 1, line("1", SHIRT, 3, 3, OFFER)));

        assertThat(books.exposure(OFFER).units()).isEqualTo(1);
        assertThat(books.pool(SHIRT).exposed()).isEqualTo(1);
        assertThat(decision.exposures())
                .singleElement()
                .extracting(Exposure::sold)
                .isEqualTo(3L);
        assertThat(decision.sales()).containsEntry(OFFER, new Sales(3, 0));
    }

    @Test
    void a_cancelled_sale_raises_it_where_the_channel_puts_units_back() {
        books.decide(received(SHIRT, "berlin", 10));
        expose(true, 4, Parts.plain(KEY));
        books.decide(wants("A", 1, line("1", SHIRT, 3, 3, OFFER)));

        Decision decision = books.decide(cancelled("A", 2, line("1", SHIRT, 0, 3, OFFER)));

        assertThat(books.pool(SHIRT).exposed()).isEqualTo(4);
        assertThat(books.pool(SHIRT).reserved()).isZero();
        assertThat(decision.sales()).containsEntry(OFFER, new Sales(0, 3));
    }

    @Test
    void a_cancelled_sale_raises_nothing_where_the_channel_puts_nothing_back() {
        books.decide(received(SHIRT, "berlin", 10));
        expose(false, 4, Parts.plain(KEY));
        books.decide(wants("A", 1, line("1", SHIRT, 3, 3, OFFER)));

        books.decide(cancelled("A", 2, line("1", SHIRT, 0, 3, OFFER)));

        assertThat(books.pool(SHIRT).exposed()).isEqualTo(1);
    }

    @Test
    void an_order_that_is_seen_cancelled_for_the_first_time_was_a_sale_and_a_cancellation() {
        books.decide(received(SHIRT, "berlin", 10));
        expose(true, 4, Parts.plain(KEY));

        Decision decision = books.decide(cancelled("A", 1, line("1", SHIRT, 0, 2, OFFER)));

        assertThat(decision.sales()).containsEntry(OFFER, new Sales(2, 2));
        assertThat(books.pool(SHIRT).exposed()).isEqualTo(4);
        assertThat(books.line("A", "1").ordered()).isEqualTo(2);
    }

    @Test
    void units_cancelled_before_the_order_was_seen_are_counted_as_sold_too() {
        Decision decision = books.decide(wants("A", 1, line("1", SHIRT, 2, 5, OFFER)));

        assertThat(decision.sales()).containsEntry(OFFER, new Sales(5, 3));
        assertThat(decision.sales().get(OFFER)).extracting(Sales::booked).isEqualTo(2);
    }

    @Test
    void what_was_sold_never_falls_and_what_was_cancelled_may() {
        books.decide(wants("A", 1, line("1", SHIRT, 5, 5, OFFER)));
        books.decide(wants("A", 2, line("1", SHIRT, 2, 2, OFFER)));
        assertThat(books.sales).containsEntry(OFFER, new Sales(5, 3));

        books.decide(wants("A", 3, line("1", SHIRT, 4, 5, OFFER)));

        assertThat(books.sales).containsEntry(OFFER, new Sales(5, 1));
    }

    @Test
    void a_line_that_was_sold_through_another_offer_counts_there() {
        books.decide(wants("A", 1, line("1", SHIRT, 2, 3, OFFER)));

        books.decide(wants("A", 2, line("1", SHIRT, 2, 3, "shop-b:SHIRT")));

        assertThat(books.sales).containsEntry(OFFER, Sales.NONE).containsEntry("shop-b:SHIRT", new Sales(3, 1));
    }

    @Test
    void a_sale_of_a_bundle_lowers_what_it_takes_of_every_part() {
        StockKey mug = StockKey.of("MUG");
        books.bundles.put("KIT", new Bundle("KIT", new TreeMap<>(Map.of(SHIRT, 2, "MUG", 1))));
        books.decide(received(SHIRT, "berlin", 10), received("MUG", "berlin", 10));
        expose(true, 3, new TreeMap<>(Map.of(KEY, 2, mug, 1)));

        books.decide(wants("A", 1, line("1", "KIT", 2, 2, OFFER)));

        assertThat(books.pool(SHIRT).exposed()).isEqualTo(2);
        assertThat(books.pool("MUG").exposed()).isEqualTo(1);
    }

    @Test
    void only_what_no_channel_may_have_sold_is_held_at_a_checkout() {
        books.decide(received(SHIRT, "berlin", 10));
        expose(true, 7, Parts.plain(KEY));

        Decision tooMuch = books.decide(hold("H", Map.of(SHIRT, 4), MORNING));
        Decision enough = books.decide(hold("H", Map.of(SHIRT, 3), MORNING));

        assertThat(tooMuch.outcomes()).containsExactly(new Outcome.Refused(List.of(new Outcome.Missing(SHIRT, 4, 3))));
        assertThat(enough.outcomes()).singleElement().isInstanceOf(Outcome.Granted.class);
    }

    @Test
    void a_channels_sale_is_promised_whatever_is_set_aside_for_others() {
        books.decide(received(SHIRT, "berlin", 2));
        expose(true, 2, Parts.plain(KEY));

        books.decide(wants("A", 1, line("1", SHIRT, 2, 2, "shop-b:SHIRT")));

        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::exposed, PoolPosition::grantable)
                .containsExactly(2, 0);
    }

    /// The offer's channel shows so many, and that is settled.
    private void expose(boolean restocks, int units, SortedMap<StockKey, Integer> parts) {
        Exposure exposure =
                Exposure.unknown(OFFER, parts, true, restocks, 0, 0, 0).settled(1, units, 0, null);
        books.exposures.put(OFFER, exposure);
        parts.forEach((key, per) -> books.pools.compute(
                key, (_, pool) -> (pool == null ? PoolPosition.empty(key) : pool).exposed(units * per)));
    }
}
