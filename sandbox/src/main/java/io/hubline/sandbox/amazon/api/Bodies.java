package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.simulator.Answers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Request bodies, read strictly: an object, only known fields, each of its type.
final class Bodies {

    private Bodies() {}

    static ObjectNode object(ApiCall call) {
        if (!call.contentType().equals("application/json")) {
            throw new ApiError(415, "UnsupportedMediaType", "The request body must be application/json.", "");
        }
        try {
            if (Answers.JSON.readTree(call.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ApiError.invalid("Invalid Input: the request body is not JSON.");
        }
        throw ApiError.invalid("Invalid Input: the request body is not an object.");
    }

    static void allow(JsonNode object, String where, Set<String> known) {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw ApiError.invalid("Invalid Input: %s%s is not known.".formatted(where, field.getKey()));
            }
        }
    }

    static String text(JsonNode object, String where, String name) {
        String value = optionalText(object, where, name);
        if (value == null) {
            throw ApiError.invalid("Invalid Input: %s%s is required.".formatted(where, name));
        }
        return value;
    }

    static @Nullable String optionalText(JsonNode object, String where, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw ApiError.invalid("Invalid Input: %s%s must be a text that is not empty.".formatted(where, name));
        }
        return value.textValue();
    }
}
