package io.hubline.routing.plan.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.routing.plan.domain.Decision;
import io.hubline.routing.plan.domain.Facts;
import io.hubline.routing.plan.domain.Promise;
import io.hubline.routing.plan.domain.StockLevel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Values between Java and columns.
@Singleton
@RegisterForReflection(
        ignoreNested = false,
        targets = {Decision.class, Facts.class, Promise.class, StockLevel.AtLocation.class})
class Columns {

    private final ObjectMapper json;

    Columns(ObjectMapper json) {
        this.json = json;
    }

    /// The JSON of a value that only this service reads; null stays null.
    @Nullable
    String write(@Nullable Object value) {
        try {
            return value == null ? null : json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of " + value.getClass() + " cannot be written", e);
        }
    }

    <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column does not hold a " + type.getType(), e);
        }
    }

    <T> @Nullable T readOrNull(@Nullable String text, Class<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column does not hold a " + type, e);
        }
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
