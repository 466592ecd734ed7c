package io.hubline.kit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.hubline.kit.sql.FailureKind;
import io.opentelemetry.api.trace.Span;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns every failure into a problem. What the caller can mend says how; what he cannot says nothing but
/// where to look: the id of the trace, under which the log has the rest.
class ProblemMappers {

    private static final Logger LOGGER = Logger.getLogger(ProblemMappers.class);
    private static final int RETRY_AFTER_SECONDS = 1;

    @ServerExceptionMapper
    public Response problem(ProblemException failure) {
        LOGGER.debug("A request was refused", failure);
        return failure.problem().response().build();
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException failure) {
        boolean ours = failure.getConstraintViolations().stream()
                .anyMatch(violation -> StreamSupport.stream(
                                violation.getPropertyPath().spliterator(), false)
                        .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE));
        if (ours) {
            return broken(failure);
        }
        List<FieldError> errors = failure.getConstraintViolations().stream()
                .map(ProblemMappers::fieldError)
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::reason))
                .toList();
        return Problem.of(400, "invalid-request", "The request breaks a rule")
                .with("errors", errors)
                .response()
                .build();
    }

    /// A constraint that is itself wrong. The caller has nothing to mend.
    @ServerExceptionMapper
    public Response invalidConstraint(ValidationException failure) {
        return broken(failure);
    }

    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException failure) {
        return malformed(failure);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException failure) {
        Response answer = failure.getResponse();
        if (answer.hasEntity()) {
            return answer;
        }
        if (failure.getCause() instanceof JsonProcessingException json && answer.getStatus() == 400) {
            return malformed(json);
        }
        if (answer.getStatus() >= 500) {
            return broken(failure);
        }
        LOGGER.debug("A request was refused", failure);
        Response.ResponseBuilder problem = switch (answer.getStatus()) {
            case 401 -> unauthorised();
            case 403 -> forbidden().response();
            case 404 -> Problem.of(404, "not-found", "There is nothing here").response();
            case 405 ->
                Problem.of(405, "method-not-allowed", "This address does not know the method")
                        .response();
            case 406 ->
                Problem.of(406, "not-acceptable", "The answer cannot be given in an accepted form")
                        .response();
            case 413 -> OversizedBody.tooLarge().response();
            case 415 ->
                Problem.of(415, "unsupported-media-type", "The request has a form not read here")
                        .response();
            default ->
                Problem.of(answer.getStatus(), "bad-request", "The request cannot be understood")
                        .response();
        };
        answer.getAllowedMethods().stream()
                .sorted()
                .reduce((left, right) -> left + ", " + right)
                .ifPresent(allowed -> problem.header(HttpHeaders.ALLOW, allowed));
        return problem.build();
    }

    @ServerExceptionMapper
    public Response unauthenticated(UnauthorizedException failure) {
        LOGGER.debug("A request came without a token", failure);
        return unauthorised().build();
    }

    @ServerExceptionMapper
    public Response unauthenticated(AuthenticationFailedException failure) {
        LOGGER.debug("A token was refused", failure);
        return unauthorised().build();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException failure) {
        LOGGER.debug("A role was missing", failure);
        return forbidden().response().build();
    }

    @ServerExceptionMapper
    public Response anythingElse(Throwable failure) {
        if (UnreadBody.isCauseOf(failure)) {
            // The caller has gone, was too slow or sent too much: nobody here has anything to mend.
            LOGGER.debug("A body could not be read to its end", failure);
            return Problem.of(400, "bad-request", "The request cannot be understood")
                    .detail("the body broke off")
                    .response()
                    .build();
        }
        if (FailureKind.isUnstorableText(failure)) {
            LOGGER.debug("A text cannot be kept", failure);
            return Problem.of(400, "invalid-request", "The request breaks a rule")
                    .with(
                            "errors",
                            List.of(new FieldError("", "a text has the character U+0000, which cannot be kept")))
                    .response()
                    .build();
        }
        if (FailureKind.of(failure) == FailureKind.PERMANENT) {
            return broken(failure);
        }
        LOGGER.warn("A request failed for a reason that passes", failure);
        return traced(Problem.of(503, "try-again", "This cannot be done right now"))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response broken(Throwable failure) {
        LOGGER.error("A request broke", failure);
        return traced(Problem.of(500, "internal-error", "Something broke on our side"))
                .build();
    }

    private static Response.ResponseBuilder traced(Problem problem) {
        var trace = Span.current().getSpanContext();
        return (trace.isValid() ? problem.with("traceId", trace.getTraceId()) : problem).response();
    }

    private static Response malformed(JsonProcessingException failure) {
        LOGGER.debug("A body could not be read", failure);
        String field = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        return Problem.of(400, "malformed-json", "The body is not the JSON that is read here")
                .with("errors", List.of(new FieldError(field, reason(failure))))
                .response()
                .build();
    }

    /// The sentence of a record that refused its values, or of the JSON parser; class names stay here.
    private static String reason(JsonProcessingException failure) {
        if (failure.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            return refused.getMessage();
        }
        return failure instanceof JsonMappingException ? "cannot be read" : "is not JSON";
    }

    private static FieldError fieldError(ConstraintViolation<?> violation) {
        List<String> names = new ArrayList<>();
        @Nullable String parameter = null;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.getName();
            } else if (node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.CROSS_PARAMETER) {
                names.add(node.toString());
            }
        }
        String field = names.isEmpty() && parameter != null ? parameter : String.join(".", names);
        return new FieldError(field, violation.getMessage());
    }

    private static Response.ResponseBuilder unauthorised() {
        return Problem.of(401, "unauthorised", "A valid bearer token is needed")
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    private static Problem forbidden() {
        return Problem.of(403, "forbidden", "The token carries no role that may do this");
    }

    /// @param field the path in the request, empty for the whole of it
    record FieldError(String field, String reason) {}
}
