package io.hubline.sandbox.amazon;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The vendor's published models, to hold recorded exchanges to.
///
/// The models are not part of the project: without them, tests that need them are skipped. A query
/// parameter that the model does not name is a violation, and so is a field of a body.
public final class AmazonContract {

    /// The environment variable that names the folder with the channels' contracts.
    public static final String SPECS = "HUBLINE_CHANNEL_SPECS";

    private static final Map<String, String> MODELS = Map.of(
            "/orders/2026-01-01/", "orders_2026-01-01.json",
            "/orders/v0/", "ordersV0.json",
            "/listings/2021-08-01/", "listingsItems_2021-08-01.json",
            "/feeds/2021-06-30/", "feeds_2021-06-30.json",
            "/finances/2024-06-19/", "finances_2024-06-19.json");

    private final Path folder;
    private final Map<String, OpenApiInteractionValidator> validators = new ConcurrentHashMap<>();

    private AmazonContract(Path folder) {
        this.folder = folder;
    }

    /// The contract, when it is at hand.
    public static Optional<AmazonContract> atHand() {
        return Optional.ofNullable(System.getenv(SPECS))
                .map(specs -> Path.of(specs, "amazon", "models"))
                .filter(Files::isDirectory)
                .map(AmazonContract::new);
    }

    /// A published model.
    public Path model(String name) {
        return folder.resolve(name);
    }

    /// Everything in requests and answers that breaks the contract, one sentence each.
    public List<String> violations(Collection<Selling.Exchange> exchanges) {
        return exchanges.stream()
                .flatMap(
                        exchange -> told(exchange, validator(exchange).validate(request(exchange), response(exchange))))
                .toList();
    }

    /// Everything in answers alone that breaks the contract: for requests that were wrong on purpose.
    public List<String> violationsOfAnswers(Collection<Selling.Exchange> exchanges) {
        return exchanges.stream()
                .flatMap(exchange -> told(
                        exchange,
                        validator(exchange)
                                .validateResponse(
                                        path(exchange), Request.Method.valueOf(exchange.method()), response(exchange))))
                .toList();
    }

    private static java.util.stream.Stream<String> told(Selling.Exchange exchange, ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(message -> "%d %s %s -> %d: %s %s"
                        .formatted(
                                exchange.number(),
                                exchange.method(),
                                exchange.path(),
                                exchange.status(),
                                message.getKey(),
                                message.getMessage()));
    }

    private OpenApiInteractionValidator validator(Selling.Exchange exchange) {
        String model = MODELS.entrySet().stream()
                .filter(each -> exchange.path().startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model describes " + exchange.path()));
        return validators.computeIfAbsent(model, this::read);
    }

    private OpenApiInteractionValidator read(String model) {
        try {
            LevelResolver.Builder levels = LevelResolver.create()
                    .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR);
            if (model.startsWith("finances")) {
                // Its contexts are put together with allOf, where each part would forbid the fields of the others.
                levels.withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE);
            }
            return OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(folder.resolve(model)))
                    .withLevelResolver(levels.build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request request(Selling.Exchange exchange) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(exchange.method(), path(exchange));
        request.withAccept("application/json");
        int mark = exchange.path().indexOf('?');
        if (mark >= 0) {
            for (String pair : exchange.path().substring(mark + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                request.withQueryParam(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        String body = exchange.requestBody();
        if (body != null) {
            request.withContentType(type(exchange.requestContentType())).withBody(body);
        }
        return request.build();
    }

    private static Response response(Selling.Exchange exchange) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(exchange.status());
        exchange.headers().forEach(response::withHeader);
        String body = exchange.responseBody();
        if (body != null) {
            response.withContentType("application/json").withBody(body);
        }
        return response.build();
    }

    private static String path(Selling.Exchange exchange) {
        return exchange.path().split("\\?", 2)[0];
    }

    private static String type(@Nullable String contentType) {
        return contentType == null ? "application/octet-stream" : contentType;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
