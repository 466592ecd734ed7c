package io.hubline.connector.sync.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookedExpectationTest {

    @Test
    void a_booked_sale_lowers_what_is_expected() {
        assertThat(BookedExpectation.of(10, 100, 103)).isEqualTo(7);
    }

    @Test
    void a_booked_cancellation_raises_what_is_expected() {
        assertThat(BookedExpectation.of(10, 100, 98)).isEqualTo(12);
    }

    @Test
    void a_channel_that_sold_more_than_it_showed_is_expected_below_zero() {
        assertThat(BookedExpectation.of(1, 0, 3)).isEqualTo(-2);
    }

    /// Goal: a write that compares with the booked expectation is accepted if and only if every sale so far
    /// is booked, so a sale the hub does not know of is never written over. Method: a channel that sells
    /// and restocks at random, bookings that lag behind, and writes at random moments.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 4711})
    void a_write_is_accepted_exactly_when_every_sale_is_booked(long seed) {
        Random random = new Random(seed);
        long shown = 50;
        long base = 50;
        long baseBooked = 0;
        long sold = 0;
        long booked = 0;

        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    long units = random.nextLong(4) - 1;
                    shown -= units;
                    sold += units;
                }
                case 1 -> booked += Long.signum(sold - booked);
                case 2 -> booked = sold;
                default -> {
                    boolean accepted = shown == BookedExpectation.of(base, baseBooked, booked);
                    assertThat(accepted).as("seed %d, step %d", seed, step).isEqualTo(sold == booked);
                    if (accepted) {
                        shown = random.nextInt(100);
                        base = shown;
                        baseBooked = booked;
                    }
                }
            }
        }
    }
}
