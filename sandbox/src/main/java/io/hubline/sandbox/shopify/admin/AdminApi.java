package io.hubline.sandbox.shopify.admin;

import static java.util.Objects.requireNonNullElse;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.GraphqlErrorBuilder;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.RawVariables;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.schema.GraphQLSchema;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.webhook.Outbound;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One shop's GraphQL endpoint: validates, prices, throttles, executes.
///
/// An operation runs under the shop's lock, so what a mutation reads and what it changes are one step, and
/// a query sees one moment.
public final class AdminApi {

    private static final System.Logger LOG = System.getLogger(AdminApi.class.getName());

    private static final int DEAREST_QUERY = 1000;
    private static final int KEPT_DOCUMENTS = 500;
    private static final String LIMITS_PAGE = "https://shopify.dev/api/usage/limits#rate-limits";

    /// The schema is the same for every shop and takes a while to build.
    private static final GraphQLSchema SCHEMA = AdminSchema.build();

    private final Shop shop;
    private final Outbound outbound;
    private final CostBucket bucket;
    private final Jobs jobs;
    private final IdempotencyKeys keys = new IdempotencyKeys();
    private final QueryCost cost = new QueryCost(SCHEMA);
    private final Map<String, PreparsedDocumentEntry> documents = new ConcurrentHashMap<>();
    private final GraphQL graph;
    private final SplittableRandom chance;
    private volatile AdminFaults faults = AdminFaults.NONE;

    public AdminApi(Shop shop, Outbound outbound, Plan plan, Duration jobDelay, InstantSource clock, Executor threads) {
        this.shop = shop;
        this.outbound = outbound;
        this.bucket = new CostBucket(plan, clock);
        this.jobs = new Jobs(jobDelay, threads);
        this.chance = new SplittableRandom(shop.profile().seed());
        this.graph = GraphQL.newGraphQL(SCHEMA)
                .preparsedDocumentProvider((input, parse) -> CompletableFuture.completedFuture(document(input)))
                .defaultDataFetcherExceptionHandler(new Refusals())
                .build();
    }

    /// One request's document, variables and operation name.
    public record Operation(
            String query,
            Map<String, Object> variables,
            @Nullable String name) {}

    /// A body to send, or none: then the connection closes and the caller never learns what happened.
    public record Answer(Map<String, Object> body, boolean sent) {}

    public void faults(AdminFaults wanted) {
        faults = wanted;
    }

    public AdminFaults faults() {
        return faults;
    }

    public CostBucket.Status bucket() {
        return bucket.status();
    }

    /// Answers an operation. Never throws for what a caller may send.
    public Answer execute(Operation operation) {
        AdminFaults now = faults;
        pause(now.extraLatencyMillis());
        ExecutionInput input = ExecutionInput.newExecutionInput(operation.query())
                .operationName(operation.name())
                .variables(operation.variables())
                .root(new AdminSchema.Root())
                .build();
        PreparsedDocumentEntry parsed = document(input);
        List<? extends GraphQLError> invalid = parsed.getErrors();
        if (invalid != null && !invalid.isEmpty()) {
            return answer(errors(invalid));
        }
        ExecutableNormalizedOperation normalized;
        try {
            normalized = ExecutableNormalizedOperationFactory.createExecutableNormalizedOperationWithRawVariables(
                    SCHEMA, parsed.getDocument(), operation.name(), RawVariables.of(operation.variables()));
        } catch (GraphQLException badVariables) {
            return answer(errors(List.of(error("INVALID_VARIABLE", String.valueOf(badVariables.getMessage())))));
        }
        int requested = cost.requested(normalized);
        if (requested > DEAREST_QUERY) {
            return answer(errors(List.of(tooDear(requested))));
        }
        if (hits(now.throttlePercent())) {
            bucket.drain();
        }
        if (!bucket.take(requested)) {
            return answer(throttled(requested));
        }
        boolean mutation = normalized.getOperation() == graphql.language.OperationDefinition.Operation.MUTATION;
        Call call = new Call(shop, outbound, keys, jobs, mutation && hits(now.brokenPercent()));
        ExecutionResult result = shop.locked(() ->
                graph.execute(input.transform(changed -> changed.graphQLContext(Map.of(Call.KEY, call)))));
        Map<String, Object> body = body(result);
        Map<String, ?> data = result.getData();
        int actual = Math.min(requested, cost.actual(normalized, data));
        bucket.giveBack(requested - actual);
        body.put("extensions", Map.of("cost", cost(requested, actual)));
        return new Answer(body, !hits(now.unansweredPercent()));
    }

    private static Answer answer(Map<String, Object> body) {
        return new Answer(body, true);
    }

    private PreparsedDocumentEntry document(ExecutionInput input) {
        if (documents.size() > KEPT_DOCUMENTS) {
            documents.clear();
        }
        return documents.computeIfAbsent(input.getQuery(), query -> {
            ParseAndValidateResult parsed = ParseAndValidate.parseAndValidate(SCHEMA, input);
            return parsed.isFailure()
                    ? new PreparsedDocumentEntry(parsed.getErrors())
                    : new PreparsedDocumentEntry(parsed.getDocument());
        });
    }

    private boolean hits(double percent) {
        if (percent <= 0) {
            return false;
        }
        synchronized (chance) {
            return chance.nextDouble() * 100 < percent;
        }
    }

    private static void pause(int millis) {
        if (millis > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException shuttingDown) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Map<String, Object> throttled(int requested) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "errors",
                List.of(Map.of(
                        "message",
                        "Throttled",
                        "extensions",
                        Map.of("code", "THROTTLED", "documentation", LIMITS_PAGE))));
        body.put("extensions", Map.of("cost", cost(requested, null)));
        return body;
    }

    private Map<String, @Nullable Object> cost(int requested, @Nullable Integer actual) {
        Map<String, @Nullable Object> cost = new LinkedHashMap<>();
        cost.put("requestedQueryCost", requested);
        cost.put("actualQueryCost", actual);
        cost.put("throttleStatus", bucket.status());
        return cost;
    }

    private static GraphQLError tooDear(int requested) {
        return GraphqlErrorBuilder.newError()
                .message(
                        "Query cost is %d, which exceeds the single query max cost limit (%d).",
                        requested, DEAREST_QUERY)
                .extensions(Map.of(
                        "code",
                        "MAX_COST_EXCEEDED",
                        "cost",
                        requested,
                        "maxCost",
                        DEAREST_QUERY,
                        "documentation",
                        LIMITS_PAGE))
                .build();
    }

    private static GraphQLError error(String code, String message) {
        return GraphqlErrorBuilder.newError()
                .message("%s", message)
                .extensions(Map.of("code", code))
                .build();
    }

    private static Map<String, Object> errors(List<? extends GraphQLError> errors) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errors", errors.stream().map(AdminApi::vendorShape).toList());
        return body;
    }

    private static Map<String, Object> body(ExecutionResult result) {
        Map<String, Object> body = new LinkedHashMap<>(result.toSpecification());
        if (!result.getErrors().isEmpty()) {
            body.putAll(errors(result.getErrors()));
        }
        return body;
    }

    /// Without what this library adds and the vendor does not send.
    private static Map<String, Object> vendorShape(GraphQLError error) {
        Map<String, Object> shape = new LinkedHashMap<>(error.toSpecification());
        if (shape.get("locations") instanceof List<?> places && places.isEmpty()) {
            shape.remove("locations");
        }
        if (shape.remove("extensions") instanceof Map<?, ?> extensions) {
            Map<Object, Object> kept = new LinkedHashMap<>(extensions);
            kept.remove("classification");
            if (!kept.isEmpty()) {
                shape.put("extensions", kept);
            }
        }
        return shape;
    }

    /// Turns what a field throws into an error with a code; what it should not throw is logged and hidden.
    private static final class Refusals implements DataFetcherExceptionHandler {

        @Override
        public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
                DataFetcherExceptionHandlerParameters failed) {
            Throwable cause = failed.getException();
            String code = cause instanceof AdminError refusal ? refusal.code() : "INTERNAL_SERVER_ERROR";
            String message = cause instanceof AdminError
                    ? requireNonNullElse(cause.getMessage(), code)
                    : "Internal error. RequestID: " + UUID.randomUUID();
            if (!(cause instanceof AdminError)) {
                LOG.log(System.Logger.Level.ERROR, "a field of the simulated API broke", cause);
            }
            GraphQLError error = GraphqlErrorBuilder.newError()
                    .message("%s", message)
                    .path(failed.getPath())
                    .location(failed.getSourceLocation())
                    .extensions(Map.of("code", code))
                    .build();
            return CompletableFuture.completedFuture(
                    DataFetcherExceptionHandlerResult.newResult(error).build());
        }
    }
}
