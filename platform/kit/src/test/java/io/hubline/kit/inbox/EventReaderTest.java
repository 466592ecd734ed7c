package io.hubline.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import io.hubline.kit.app.Told;
import io.hubline.kit.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final UUID ID = new UUID(7, 7);

    private final EventReader events = new EventReader(Json.mapper());
    private final Map<String, String> headers = new HashMap<>(
            Map.of("ce_id", ID.toString(), "ce_type", "test.grown.v1", "ce_time", "2026-11-23T10:00:00Z"));

    @Test
    void an_event_of_the_family_is_read_with_its_id_and_time() {
        assertThat(events.read(message("{\"key\":\"k\",\"centimetres\":3}"), Plant.class))
                .contains(new Received<>(ID, Instant.parse("2026-11-23T10:00:00Z"), new Plant.Grown("k", 3)));
    }

    @Test
    void a_field_nobody_has_seen_before_is_ignored() {
        assertThat(events.read(message("{\"key\":\"k\",\"centimetres\":3,\"colour\":\"green\"}"), Plant.class))
                .isPresent();
    }

    @Test
    void a_name_nobody_has_seen_before_is_passed_over_unread() {
        headers.put("ce_type", "test.withered.v1");

        assertThat(events.read(message("not even JSON"), Plant.class)).isEmpty();
    }

    @Test
    void a_record_is_a_family_of_one() {
        headers.put("ce_type", "test.told.v1");

        assertThat(events.read(message("{\"key\":\"k\",\"text\":\"t\"}"), Told.class))
                .map(Received::event)
                .contains(new Told("k", "t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_time"})
    void a_missing_header_is_malformed_and_named(String missing) {
        headers.remove(missing);

        assertMalformed("{\"key\":\"k\",\"centimetres\":3}", missing);
    }

    @Test
    void an_id_that_is_none_is_malformed() {
        headers.put("ce_id", "7");

        assertMalformed("{\"key\":\"k\",\"centimetres\":3}", "ce_id");
    }

    @Test
    void a_value_that_cannot_be_read_is_malformed_and_not_quoted() {
        assertMalformed("{\"key\":\"k\",\"centimetres\":\"secret\"}", "centimetres");
        assertMalformed("{", "test.grown.v1");
        assertMalformed("null", "is null");
        assertMalformed("{\"key\":\"k\",\"centimetres\":-1}", "test.grown.v1");
    }

    private void assertMalformed(String value, String named) {
        assertThatThrownBy(() -> events.read(message(value), Plant.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("secret");
    }

    private ConsumerRecord<String, String> message(String value) {
        ConsumerRecord<String, String> message = new ConsumerRecord<>("plants", 0, 0, "k", value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        return message;
    }

    sealed interface Plant extends Event {

        @EventName("test.planted.v1")
        record Planted(String key) implements Plant {}

        @EventName("test.grown.v1")
        record Grown(String key, int centimetres) implements Plant {

            public Grown {
                if (centimetres < 0) {
                    throw new IllegalArgumentException("plants do not shrink");
                }
            }
        }
    }
}
