package io.hubline.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.contracts.Event;
import io.hubline.kit.EventNames;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Reads records as events of one family.
@Singleton
public final class EventReader {

    private final ObjectMapper json;
    private final Map<Class<?>, Map<String, ?>> families = new ConcurrentHashMap<>();

    /// Reads with the given mapper; in a test, with `Json.mapper()`.
    public EventReader(ObjectMapper json) {
        this.json = json;
    }

    /// The event in the record; empty when its name is not of the family, for a reader of yesterday passes
    /// over the events of tomorrow.
    ///
    /// @param family a sealed interface, or the record itself where a topic carries one kind
    /// @throws MalformedEventException when id, name, time or value is missing or cannot be read
    public <E extends Event> Optional<Received<E>> read(ConsumerRecord<String, String> message, Class<E> family) {
        String type = header(message, "ce_type");
        @Nullable
        Object known =
                families.computeIfAbsent(family, _ -> EventNames.family(family)).get(type);
        if (!(known instanceof Class<?> named)) {
            return Optional.empty();
        }
        UUID id = id(header(message, "ce_id"));
        Instant time = time(header(message, "ce_time"));
        return Optional.of(new Received<>(id, time, value(message, type, named.asSubclass(family))));
    }

    private <E> E value(ConsumerRecord<String, String> message, String type, Class<E> named) {
        @Nullable String value = message.value();
        if (value == null) {
            throw new MalformedEventException(type + " without a value");
        }
        try {
            @Nullable E event = json.readValue(value, named);
            if (event == null) {
                throw new MalformedEventException(type + " is null");
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("%s cannot be read at '%s'".formatted(type, path(e)), e);
        }
    }

    private static String path(JsonProcessingException failure) {
        return failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        @Nullable Header header = message.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new MalformedEventException("header " + name + " is missing");
        }
        return new String(header.value(), UTF_8);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("header ce_id is no UUID", e);
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedEventException("header ce_time is no time", e);
        }
    }
}
