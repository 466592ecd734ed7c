package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A refusal in the vendor's shape.
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String details;

    public ApiError(int status, String code, String message, String details) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    /// 400 with the reason.
    public static ApiError invalid(String message) {
        return new ApiError(400, "InvalidInput", message, "");
    }

    /// 404 with what does not exist.
    public static ApiError notFound(String message) {
        return new ApiError(404, "NotFound", message, "");
    }

    public int status() {
        return status;
    }

    /// The body: an error list of one.
    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putArray("errors").addObject();
        error.put("code", code);
        error.put("message", String.valueOf(getMessage()));
        if (!details.isEmpty()) {
            error.put("details", details);
        }
        return body;
    }
}
