package io.hubline.connector.inbound.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollPositionTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void the_first_poll_looks_back_as_far_as_configured() {
        assertThat(PollPosition.NONE.since(NOON, Duration.ofMinutes(1), Duration.ofDays(1)))
                .isEqualTo(NOON.minus(Duration.ofDays(1)));
        assertThat(PollPosition.NONE.nextDue(Duration.ofSeconds(5))).isBefore(NOON);
    }

    @Test
    void a_later_poll_overlaps_what_has_been_listed() {
        PollPosition position = new PollPosition(NOON, NOON, NOON, null, null, null);

        assertThat(position.since(NOON.plusSeconds(9), Duration.ofMinutes(1), Duration.ofDays(1)))
                .isEqualTo(NOON.minusSeconds(60));
    }

    @Test
    void a_deep_look_back_is_due_after_its_interval() {
        PollPosition position = new PollPosition(NOON, NOON, NOON, null, null, null);

        assertThat(position.isDeepDue(NOON.plusSeconds(3599), Duration.ofHours(1)))
                .isFalse();
        assertThat(position.isDeepDue(NOON.plusSeconds(3600), Duration.ofHours(1)))
                .isTrue();
    }
}
