package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.availability.domain.Availability.Stock;
import io.hubline.inventory.availability.domain.Availability.Term;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvailabilityTest {

    @Test
    void what_is_promised_is_not_shown() {
        Availability availability = Availability.shared(new Stock(10, 3, 0), Limits.NONE);

        assertThat(availability.quantity()).isEqualTo(7);
        assertThat(availability.terms()).containsExactly(new Term("on-hand", 10), new Term("reserved", -3));
    }

    @Test
    void a_short_pool_shows_nothing() {
        Availability availability = Availability.shared(new Stock(2, 5, 1), Limits.NONE);

        assertThat(availability.quantity()).isZero();
        assertThat(availability.terms())
                .containsExactly(
                        new Term("on-hand", 2),
                        new Term("reserved", -5),
                        new Term("backordered", -1),
                        new Term("promised-beyond-on-hand", 4));
    }

    @Test
    void safety_stock_is_kept_back_as_far_as_it_goes() {
        assertThat(Availability.shared(new Stock(10, 0, 0), new Limits(4, 0, 100))
                        .quantity())
                .isEqualTo(6);
        assertThat(Availability.shared(new Stock(3, 0, 0), new Limits(4, 0, 100))
                        .quantity())
                .isZero();
    }

    @Test
    void a_channel_never_shows_more_than_its_maximum() {
        Availability availability = Availability.shared(new Stock(10, 0, 0), new Limits(0, 0, 6));

        assertThat(availability.quantity()).isEqualTo(6);
        assertThat(availability.terms()).contains(new Term("above-maximum", -4));
    }

    @Test
    void below_its_minimum_a_channel_shows_nothing() {
        assertThat(Availability.shared(new Stock(2, 0, 0), new Limits(0, 3, 100))
                        .quantity())
                .isZero();
        assertThat(Availability.shared(new Stock(3, 0, 0), new Limits(0, 3, 100))
                        .quantity())
                .isEqualTo(3);
    }

    /// Goal: every quantity is the sum of its terms and never above what can be promised.
    /// Method: random positions and limits from a fixed seed; the record itself refuses a wrong sum.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void every_quantity_is_the_sum_of_its_terms(long seed) {
        Random random = new Random(seed);

        for (int step = 0; step < 1_000; step++) {
            Stock stock = new Stock(random.nextInt(20), random.nextInt(20), random.nextInt(5));
            Limits limits = new Limits(random.nextInt(5), random.nextInt(5), random.nextInt(20));
            Availability availability = Availability.shared(stock, limits);

            int promisable = Math.max(0, stock.onHand() - stock.reserved() - stock.backordered());
            assertThat(availability.quantity()).isBetween(0, Math.min(promisable, limits.maximum()));
        }
    }
}
