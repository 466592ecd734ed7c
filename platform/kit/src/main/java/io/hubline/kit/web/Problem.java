package io.hubline.kit.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An RFC 9457 problem. A resource says no with it: `throw Problem.of(409, "out-of-stock", "Not enough
/// stock").with("missing", 4).asException();`
///
/// @param type `/problems/<kebab>`, the address of a page under `docs/problems` that says what to do
/// @param title one sentence per type, always the same
/// @param detail what is particular to this occurrence, without personal data
/// @param extensions more fields, for programs
@JsonPropertyOrder({"type", "title", "status", "detail"})
@RegisterForReflection
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @JsonAnyGetter Map<String, Object> extensions) {

    static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /// A problem of a type that has its page in `docs/problems`.
    ///
    /// @param kebabType the last part of the type, such as `out-of-stock`
    public static Problem of(int status, String kebabType, String title) {
        return new Problem("/problems/" + kebabType, title, status, null, Map.of());
    }

    /// The same with a sentence about this occurrence.
    public Problem detail(String sentence) {
        return new Problem(type, title, status, sentence, extensions);
    }

    /// The same with one more field.
    public Problem with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(field, value);
        return new Problem(type, title, status, detail, more);
    }

    /// To throw from a resource.
    public ProblemException asException() {
        return new ProblemException(this);
    }

    Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }
}
