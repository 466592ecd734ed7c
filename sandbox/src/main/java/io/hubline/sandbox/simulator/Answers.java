package io.hubline.sandbox.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Bodies in and out of the simulator's HTTP edges.
public final class Answers {

    /// Strict on the way in: an unknown or missing property is an error, not a default.
    public static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    private Answers() {}

    /// A request that cannot be answered as asked, with the status and the reason to send.
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        public Refused(int status, String why) {
            super(why);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /// The text of the body; 413 when it is larger than 4 MiB.
    public static String body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new Refused(413, "the body is larger than " + LARGEST_BODY + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The body read strictly; 400 with the place of what could not be read.
    public static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
        String text = body(exchange);
        try {
            T read = JSON.readValue(text, type);
            if (read == null) {
                throw new Refused(400, "the body is null");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new Refused(400, where(e) + e.getOriginalMessage());
        }
    }

    /// The path of the property that could not be read, or nothing when the text is not JSON at all.
    private static String where(JsonProcessingException e) {
        return e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                                .map(step ->
                                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                                .collect(Collectors.joining("."))
                        + ": "
                : "";
    }

    /// The media type without its parameters, lower case; empty without the header.
    public static String contentType(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .map(type -> type.split(";", 2)[0].trim().toLowerCase(java.util.Locale.ROOT))
                .orElse("");
    }

    /// Answers with JSON.
    public static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// Answers `{"error": why}`.
    public static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        send(exchange, status, Map.of("error", why));
    }

    /// 405 unless the request has this method.
    public static void demand(HttpExchange exchange, String method) {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new Refused(405, "only " + method + " is known here");
        }
    }
}
