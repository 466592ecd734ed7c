package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_bucket_that_is_not_over_teaches_nothing() {
        Pace pace = Pace.unknown("shop-a:SHIRT", NOON, 10);

        assertThat(pace.at(NOON.plusSeconds(59), 14, MINUTE)).isEqualTo(pace);
    }

    @Test
    void what_was_sold_since_counts_in_the_first_bucket_and_the_others_were_silent() {
        Pace pace = Pace.unknown("shop-a:SHIRT", NOON, 10).at(NOON.plusSeconds(190), 14, MINUTE);

        assertThat(pace.velocity()).isEqualTo(Velocity.UNKNOWN.after(4).after(0).after(0));
        assertThat(pace.since()).isEqualTo(NOON.plusSeconds(180));
        assertThat(pace.soldThen()).isEqualTo(14);
    }

    @Test
    void a_lag_follows_what_is_measured_and_its_scatter() {
        Lag lag = Lag.unknown("shop-a", MINUTE).after(Duration.ofSeconds(10));
        assertThat(lag.usual()).isEqualTo(Duration.ofSeconds(10));

        for (int i = 0; i < 50; i++) {
            lag = lag.after(Duration.ofSeconds(i % 2 == 0 ? 5 : 15));
        }

        assertThat(lag.mean()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
        assertThat(lag.usual()).isBetween(Duration.ofSeconds(17), Duration.ofSeconds(23));
        assertThat(lag.after(Duration.ofSeconds(-3))).isEqualTo(lag);
    }
}
