package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.availability.domain.Escrow.Offered;
import io.hubline.inventory.availability.domain.Escrow.Permit;
import io.hubline.inventory.availability.domain.Escrow.Why;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.StockKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EscrowTest {

    private static final StockKey SHIRT = StockKey.of("shirt");
    private static final StockKey SOCKS = StockKey.of("socks");

    @Test
    void units_are_divided_and_all_are_given_out() {
        assertThat(decide(10, settled("a", false, 0), settled("b", true, 0)))
                .containsExactly(new Permit("a", 5, Why.RAISE), new Permit("b", 5, Why.RAISE));
    }

    @Test
    void what_follows_a_booked_sale_needs_no_permit() {
        Exposure a = settled("a", false, 5).sold(1);
        Exposure b = settled("b", true, 5);

        assertThat(decide(9, a, b)).isEmpty();
    }

    @Test
    void a_blind_channel_is_raised_by_what_is_to_spare_and_no_more() {
        Exposure a = settled("a", false, 1);
        Exposure b = settled("b", false, 4);

        assertThat(decide(8, a, b)).containsExactly(new Permit("a", 3, Why.RAISE));
    }

    @Test
    void a_channel_that_compares_pays_the_difference() {
        Exposure a = settled("a", true, 1);
        Exposure b = settled("b", true, 4);

        assertThat(decide(8, a, b)).containsExactly(new Permit("a", 4, Why.RAISE));
    }

    @Test
    void an_offer_of_which_nothing_is_proved_shows_nothing_and_holds_back_the_others() {
        Exposure unknown = unknown("a", false, SHIRT);

        assertThat(decide(8, unknown, settled("b", true, 2))).containsExactly(new Permit("a", 0, Why.UNPROVEN));
        assertThat(decide(8, unknown.published(1, 0), settled("b", true, 2))).isEmpty();
    }

    @Test
    void an_offer_of_which_nothing_is_proved_holds_back_nobody_who_draws_on_something_else() {
        Exposure unknown = unknown("a", false, SHIRT);
        Exposure other = unknown("b", false, SOCKS).settled(0, 0, 0, 0L);

        assertThat(Escrow.decide(Map.of(SHIRT, 5, SOCKS, 5), List.of(offered(unknown), offered(other)), 0.05))
                .containsExactly(new Permit("a", 0, Why.UNPROVEN), new Permit("b", 5, Why.RAISE));
    }

    @Test
    void a_deficit_is_pushed_down_where_it_costs_least() {
        Exposure a = settled("a", false, 5);
        Exposure b = settled("b", false, 5);
        Exposure c = settled("c", true, 5);

        // The one that compares can give exactly what is too much; a blind one only all it has.
        assertThat(decide(12, a, b, c)).containsExactly(new Permit("c", 2, Why.DEFICIT));
        assertThat(decide(5, a, b, c))
                .containsExactly(new Permit("c", 0, Why.DEFICIT), new Permit("a", 0, Why.DEFICIT));
    }

    @Test
    void a_deficit_that_is_on_its_way_down_is_left_alone() {
        Exposure a = settled("a", false, 5).published(1, 0);
        Exposure b = settled("b", false, 5);

        assertThat(decide(6, a, b)).isEmpty();
    }

    @Test
    void nothing_is_raised_before_what_was_lowered_has_settled() {
        Exposure a = settled("a", false, 0);
        Exposure b = settled("b", true, 8).published(1, 4);

        assertThat(decide(8, a, b)).isEmpty();
        assertThat(decide(8, a, b.settled(1, 4, 0, null))).containsExactly(new Permit("a", 4, Why.RAISE));
    }

    @Test
    void no_stock_at_all_clears_every_number() {
        assertThat(decide(-3, settled("a", false, 2), settled("b", true, 2)))
                .containsExactly(new Permit("b", 0, Why.DEFICIT), new Permit("a", 0, Why.DEFICIT));
    }

    @Test
    void units_that_lie_idle_are_fetched_back_for_who_can_sell_them() {
        Offered<StockKey> fast = offered(settled("fast", true, 0), Demand.poisson(5), 1, 0, 100);
        Offered<StockKey> slow = offered(settled("slow", false, 8), Demand.poisson(0.1), 1, 0, 100);
        Offered<StockKey> middling = offered(settled("slow", false, 8), Demand.poisson(4), 1, 0, 100);

        assertThat(Escrow.decide(Map.of(SHIRT, 8), List.of(fast, slow), 0.05))
                .containsExactly(new Permit("slow", 0, Why.IDLE));
        assertThat(Escrow.decide(Map.of(SHIRT, 8), List.of(fast, middling), 0.05))
                .isEmpty();
    }

    @Test
    void a_raise_that_hardly_sells_more_is_not_made() {
        Offered<StockKey> slow = offered(settled("a", false, 4), Demand.poisson(0.1), 1, 0, 100);

        assertThat(Escrow.decide(Map.of(SHIRT, 40), List.of(slow), 0.05)).isEmpty();
    }

    @Test
    void limits_of_an_offer_are_obeyed() {
        Offered<StockKey> few = offered(settled("a", true, 2), Demand.poisson(1), 1, 3, 100);
        Offered<StockKey> much = offered(settled("b", true, 9), Demand.poisson(1), 1, 0, 4);
        Offered<StockKey> gone = offered(settled("c", false, 3), Demand.poisson(1), 1, 0, 0);

        assertThat(Escrow.decide(Map.of(SHIRT, 14), List.of(few, much, gone), 0.05))
                .containsExactly(
                        new Permit("a", 0, Why.LIMITS), new Permit("b", 4, Why.LIMITS), new Permit("c", 0, Why.LIMITS));
    }

    @Test
    void a_number_a_little_above_its_maximum_is_left_alone() {
        Offered<StockKey> above = offered(settled("a", false, 10), Demand.poisson(1), 1, 0, 8);

        assertThat(Escrow.decide(Map.of(SHIRT, 14), List.of(above), 0.05)).isEmpty();
    }

    @Test
    void an_offer_without_a_maximum_is_left_alone() {
        Offered<StockKey> free = offered(settled("a", false, 10), Demand.poisson(1), 1, 0, Integer.MAX_VALUE);

        assertThat(Escrow.decide(Map.of(SHIRT, 10), List.of(free), 0.05)).isEmpty();
    }

    @Test
    void a_bundle_and_its_parts_together_never_are_raised_above_what_is_there() {
        Exposure set = Exposure.unknown("set", new TreeMap<>(Map.of(SHIRT, 1, SOCKS, 2)), true, true, 0, 0, 0)
                .settled(0, 0, 0, 0L);
        Exposure shirt = settled("shirt", true, 0);

        List<Permit> permits = Escrow.decide(
                Map.of(SHIRT, 4, SOCKS, 5), List.of(offered(set, Demand.poisson(4), 9, 0, 100), offered(shirt)), 0.05);

        assertThat(permits)
                .containsExactlyInAnyOrder(new Permit("set", 2, Why.RAISE), new Permit("shirt", 2, Why.RAISE));
    }

    @Test
    void what_is_exposed_beyond_what_is_there_is_a_deficit() {
        assertThat(Escrow.deficits(
                        Map.of(SHIRT, 4, SOCKS, 1),
                        List.of(offered(settled("a", true, 3)), offered(settled("b", false, 3)))))
                .isEqualTo(Map.of(SHIRT, 2));
    }

    private static List<Permit> decide(int promisable, Exposure... exposures) {
        return Escrow.decide(
                Map.of(SHIRT, promisable),
                java.util.Arrays.stream(exposures).map(EscrowTest::offered).toList(),
                0.05);
    }

    private static Offered<StockKey> offered(Exposure exposure) {
        return offered(exposure, Demand.poisson(4), 1, 0, 100);
    }

    private static Offered<StockKey> offered(
            Exposure exposure, Demand demand, double weight, int minimum, int maximum) {
        return Escrowed.offered(exposure, demand, weight, minimum, maximum);
    }

    private static Exposure settled(String offer, boolean compares, int quantity) {
        return unknown(offer, compares, SHIRT).settled(0, quantity, 0, 0L);
    }

    private static Exposure unknown(String offer, boolean compares, StockKey key) {
        return Exposure.unknown(offer, new TreeMap<>(Map.of(key, 1)), compares, true, 0, 0, 0);
    }

    @Test
    void demand_is_looked_at_until_a_number_could_change_again_and_until_one_unit_sells() {
        Duration settling = Duration.ofSeconds(10);

        assertThat(Escrow.horizon(settling, 3)).isEqualTo(settling);
        assertThat(Escrow.horizon(settling, 0.01)).isEqualTo(Duration.ofSeconds(1_000));
        assertThat(Escrow.horizon(settling, 0)).isEqualTo(Duration.ofDays(30));
    }
}
