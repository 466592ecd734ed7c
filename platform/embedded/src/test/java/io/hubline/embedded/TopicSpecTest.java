package io.hubline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecTest {

    @Test
    void a_topic_survives_the_way_through_its_line() {
        TopicSpec topic = new TopicSpec("stock", 12, Map.of("cleanup.policy", "compact", "retention.ms", "5"));

        TopicSpec read = TopicSpec.parse(topic.line());

        assertThat(topic.line()).isEqualTo("stock 12 cleanup.policy=compact retention.ms=5");
        assertThat(read).isEqualTo(topic);
    }

    @Test
    void every_reader_of_a_topic_has_its_dead_letters_and_replays() {
        assertThat(TopicSpec.ofHubline())
                .extracting(TopicSpec::name)
                .contains("orders", "orders.inventory.dlq", "orders.inventory.replay", "availability.connector.dlq");
    }
}
