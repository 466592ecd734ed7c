package io.hubline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TopicTest {

    @Test
    void every_reader_has_a_dead_letter_and_a_replay_topic() {
        assertThat(Topic.ORDERS.declarations())
                .extracting(Topic.Declaration::name)
                .containsExactly(
                        "orders",
                        "orders.inventory.dlq",
                        "orders.inventory.replay",
                        "orders.routing.dlq",
                        "orders.routing.replay",
                        "orders.returns.dlq",
                        "orders.returns.replay",
                        "orders.connector.dlq",
                        "orders.connector.replay");
    }

    @Test
    void state_is_compacted_and_events_age_out() {
        assertThat(Topic.allDeclarations())
                .allMatch(topic -> topic.compacted() == (topic.retention() == null))
                .filteredOn(Topic.Declaration::compacted)
                .extracting(Topic.Declaration::name)
                .containsExactly("channel-sync", "stock", "availability", "listings");
    }

    @Test
    void a_sequence_follows_the_clock_and_never_falls() {
        Instant now = Instant.parse("2026-11-23T10:15:30.123456Z");

        assertThat(StateEvent.next(0, now)).isEqualTo(1_795_428_930_123_456L);
        assertThat(StateEvent.next(1_795_428_930_123_456L, now)).isEqualTo(1_795_428_930_123_457L);
        assertThat(StateEvent.next(Long.MAX_VALUE - 1, now)).isEqualTo(Long.MAX_VALUE);
    }
}
