package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What an operation answers; no body with 204.
public record ApiAnswer(int status, @Nullable ObjectNode body) {

    static ApiAnswer ok(ObjectNode body) {
        return new ApiAnswer(200, body);
    }
}
