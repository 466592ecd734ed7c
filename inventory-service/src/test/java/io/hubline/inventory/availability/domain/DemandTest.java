package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DemandTest {

    @Test
    void a_poisson_tail_is_exact_near_and_far() {
        Demand demand = Demand.poisson(2);

        assertThat(demand.atLeast(0)).isEqualTo(1);
        assertThat(demand.atLeast(1)).isCloseTo(1 - Math.exp(-2), within(1e-12));
        assertThat(demand.atLeast(3)).isCloseTo(1 - 5 * Math.exp(-2), within(1e-12));
        // e^-2 2^30 / 30! and the terms after it
        assertThat(demand.atLeast(30) / 5.857e-25).isCloseTo(1, within(1e-3));
    }

    @Test
    void a_negative_binomial_tail_is_that_of_its_mean_and_variance() {
        // Mean 2 and variance 4 are two successes at a chance of one half: P(0) = 1/4, P(1) = 1/4.
        Demand demand = new Demand(2, 4);

        assertThat(demand.atLeast(1)).isCloseTo(0.75, within(1e-12));
        assertThat(demand.atLeast(2)).isCloseTo(0.5, within(1e-12));
        assertThat(demand.expectedSales(1_000)).isCloseTo(2, within(1e-9));
    }

    @Test
    void tails_of_much_demand_are_numbers_still() {
        Demand demand = Demand.poisson(20_000);

        assertThat(demand.atLeast(20_000)).isCloseTo(0.5, within(0.01));
        assertThat(demand.atLeast(25_000)).isBetween(0.0, 1e-100);
        assertThat(demand.expectedSales(30_000)).isCloseTo(20_000, within(1e-3));
    }

    @Test
    void a_buffer_is_the_smallest_that_is_seldom_exceeded() {
        assertThat(Buffers.against(Demand.poisson(2), 0.05)).isEqualTo(5);
        assertThat(Demand.poisson(2).atLeast(6)).isLessThan(0.05);
        assertThat(Demand.poisson(2).atLeast(5)).isGreaterThan(0.05);
        assertThat(Buffers.against(new Demand(2, 8), 0.05)).isGreaterThan(5);
        assertThat(Buffers.against(Demand.NONE, 0.001)).isZero();
        assertThat(Buffers.against(Demand.poisson(2), 1)).isZero();
    }

    @Test
    void a_buffer_against_very_much_demand_is_close_to_what_counting_finds() {
        int counted = Buffers.against(Demand.poisson(99_999), 0.001);

        int estimated = Buffers.against(Demand.poisson(100_001), 0.001);

        assertThat(estimated).isBetween(counted, counted + 1_000);
    }

    @Test
    void a_probability_is_asked_for() {
        assertThatIllegalArgumentException().isThrownBy(() -> Buffers.against(Demand.NONE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Buffers.against(Demand.NONE, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Demand(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Demand(Double.POSITIVE_INFINITY, 0));
    }

    @Test
    void a_steady_seller_is_smoothed() {
        Random random = new Random(1);
        Velocity velocity = Velocity.UNKNOWN;
        for (int bucket = 0; bucket < 500; bucket++) {
            velocity = velocity.after(8 + random.nextInt(5));
        }

        assertThat(velocity.isIntermittent()).isFalse();
        assertThat(velocity.perBucket()).isCloseTo(10, within(1.5));
        assertThat(velocity.over(Duration.ofMinutes(30), Duration.ofHours(1)).mean())
                .isCloseTo(5, within(0.75));
    }

    @Test
    void a_sale_after_a_long_silence_is_no_trend() {
        Velocity velocity = Velocity.UNKNOWN;
        for (int bucket = 0; bucket < 400; bucket++) {
            velocity = velocity.after(bucket % 20 == 0 ? 4 : 0);
        }

        assertThat(velocity.isIntermittent()).isTrue();
        assertThat(velocity.perBucket()).isCloseTo(0.2, within(0.15));
        assertThat(velocity.after(4).perBucket()).isLessThan(0.8);
        assertThat(velocity.size()).isEqualTo(4);
    }

    @Test
    void a_dead_sku_fades() {
        Velocity velocity = Velocity.UNKNOWN.after(5).after(5).after(5);

        assertThat(velocity.afterSilence(100).perBucket()).isLessThan(0.001);
        assertThat(velocity.afterSilence(3))
                .isEqualTo(velocity.after(0).after(0).after(0));
        assertThat(velocity.afterSilence(1_000_000_000_000L).buckets()).isEqualTo(1_000_000_000_003L);
    }

    @Test
    void scattered_sales_have_a_variance_above_their_mean() {
        Velocity velocity = Velocity.UNKNOWN;
        for (int bucket = 0; bucket < 300; bucket++) {
            velocity = velocity.after(bucket % 3 == 0 ? 30 : 1);
        }

        Demand demand = velocity.over(Duration.ofHours(1), Duration.ofHours(1));

        assertThat(demand.variance()).isGreaterThan(5 * demand.mean());
    }

    @Test
    void shallow_stock_is_divided_and_deep_stock_is_shared() {
        ModeChoice choice = ModeChoice.USUAL;
        Demand lag = Demand.poisson(2);
        int unseen = Buffers.against(lag, 0.001);

        assertThat(choice.choose(Mode.SHARED, 2 * unseen, 3, lag, null)).isEqualTo(Mode.ESCROW);
        assertThat(choice.choose(Mode.SHARED, 2 * unseen + 1, 3, lag, null)).isEqualTo(Mode.SHARED);
        assertThat(choice.choose(Mode.ESCROW, 4 * unseen, 3, lag, null)).isEqualTo(Mode.ESCROW);
        assertThat(choice.choose(Mode.ESCROW, 4 * unseen + 1, 3, lag, null)).isEqualTo(Mode.SHARED);
    }

    @Test
    void what_hardly_sells_or_is_sold_in_one_place_is_shared() {
        assertThat(ModeChoice.USUAL.choose(Mode.SHARED, 0, 3, Demand.NONE, null))
                .isEqualTo(Mode.SHARED);
        assertThat(ModeChoice.USUAL.choose(Mode.ESCROW, 1, 1, Demand.poisson(5), null))
                .isEqualTo(Mode.SHARED);
    }

    @Test
    void a_person_decides_otherwise() {
        assertThat(ModeChoice.USUAL.choose(Mode.SHARED, 1_000, 3, Demand.NONE, Mode.ESCROW))
                .isEqualTo(Mode.ESCROW);
        assertThat(ModeChoice.USUAL.choose(Mode.ESCROW, 1, 3, Demand.poisson(9), Mode.SHARED))
                .isEqualTo(Mode.SHARED);
    }
}
