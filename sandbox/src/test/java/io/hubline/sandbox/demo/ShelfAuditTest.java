package io.hubline.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.sandbox.demo.Assortment.Delivered;
import io.hubline.sandbox.demo.DemoFigures.Buyers;
import io.hubline.sandbox.demo.DemoFigures.Invariant;
import io.hubline.sandbox.demo.ShopBooks.Sale;
import io.hubline.sandbox.demo.ShopBooks.Write;
import io.hubline.sandbox.trade.ReturnedUnits;
import io.hubline.sandbox.trade.TurnedAway;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShelfAuditTest {

    private static final Instant OPEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final String SKU = "SKU-001";

    @Test
    void units_divided_over_two_channels_are_shown_once() {
        Invariant found =
                playedBack(List.of(delivered(10, 0)), List.of(), List.of(write("a", 0, 6, 1), write("b", 0, 4, 2)));

        assertThat(found.holds()).isTrue();
        assertThat(found.checked()).isEqualTo(3);
    }

    @Test
    void a_unit_shown_by_two_channels_is_named() {
        Invariant found =
                playedBack(List.of(delivered(10, 0)), List.of(), List.of(write("a", 0, 6, 1), write("b", 0, 5, 2)));

        assertThat(found.holds()).isFalse();
        assertThat(found.detail()).contains(SKU, "1 units more than ever came in");
    }

    @Test
    void a_write_over_a_sale_that_nobody_knew_of_shows_a_sold_unit_again() {
        // Channel a sold two of its ten, and was written ten once more.
        Invariant found =
                playedBack(List.of(delivered(10, 0)), List.of(), List.of(write("a", 0, 10, 1), write("a", 8, 10, 5)));

        assertThat(found.holds()).isFalse();
    }

    @Test
    void what_came_back_on_the_shelf_may_be_shown_from_then_on() {
        List<ReturnedUnits> returned = List.of(new ReturnedUnits("r", SKU, 1, true, at(5)));

        assertThat(playedBack(List.of(delivered(3, 0)), returned, List.of(write("a", 0, 3, 1), write("a", 0, 1, 6)))
                        .holds())
                .isTrue();
        assertThat(playedBack(List.of(delivered(3, 0)), returned, List.of(write("a", 0, 3, 1), write("a", 0, 1, 4)))
                        .holds())
                .isFalse();
    }

    @Test
    void who_leaves_while_everything_is_there_is_a_lost_sale() {
        ShopBooks books = books(List.of(), List.of(sale(-2, 1), sale(-1, 3)));
        List<TurnedAway> away = List.of(new TurnedAway(Map.of(SKU, 1), at(2)), new TurnedAway(Map.of(SKU, 1), at(4)));

        Buyers buyers = new ShelfAudit(books, List.of(delivered(3, 0)), List.of(), away).buyers();

        assertThat(buyers).isEqualTo(new Buyers(2, 1));
    }

    private static Invariant playedBack(List<Delivered> delivered, List<ReturnedUnits> returned, List<Write> writes) {
        Verdict verdict = new Verdict("E");
        new ShelfAudit(books(writes, List.of()), delivered, returned, List.of()).playBack(verdict);
        return verdict.result();
    }

    private static ShopBooks books(List<Write> writes, List<Sale> sales) {
        return new ShopBooks(List.of(), Map.of(), writes, sales, List.of(), Set.of(), Set.of());
    }

    private static Delivered delivered(int units, int second) {
        return new Delivered(SKU, units, at(second));
    }

    private static Write write(String shop, int from, int to, int second) {
        return new Write(shop, shop + ":" + SKU, SKU, from, to, at(second));
    }

    private static Sale sale(int units, int second) {
        return new Sale("a", SKU, units, at(second));
    }

    private static Instant at(int second) {
        return OPEN.plusSeconds(second);
    }
}
