package io.hubline.kit.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/// Tells the readers of an API's description what every refusal looks like, once for all services.
///
/// Runs when the service is built, so that it costs nothing while the service runs.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemsInOpenApi implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final Map<String, String> OUR_WORDS = Map.of(
            "400", "The request breaks a rule; `errors` names the fields.",
            "401", "A valid bearer token is needed.",
            "403", "The token carries no role that may do this.");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        components.addSchema(PROBLEM, schema());
        components.addResponse(PROBLEM, response());
        api.setComponents(components);
        if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
            api.getPaths()
                    .getPathItems()
                    .values()
                    .forEach(path -> path.getOperations().values().forEach(ProblemsInOpenApi::describe));
        }
    }

    private static void describe(Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        APIResponses responses = operation.getResponses();
        responses.addAPIResponse("default", OASFactory.createAPIResponse().ref("#/components/responses/" + PROBLEM));
        // What the framework adds for roles and bounds says nothing of the body.
        OUR_WORDS.forEach((status, words) -> {
            if (responses.hasAPIResponse(status)) {
                responses.addAPIResponse(
                        status,
                        OASFactory.createAPIResponse().description(words).content(content()));
            }
        });
    }

    private static APIResponse response() {
        return OASFactory.createAPIResponse()
                .description("A refusal, as an RFC 9457 problem. 400: the request breaks a rule, `errors` names the"
                        + " fields; 401: no valid token; 403: no role that may do this; 404: nothing here; 409: it"
                        + " does not fit what is so now; 413, 415: the body is too large or of another kind;"
                        + " 500: ours, look it up by `traceId`; 503: try again.")
                .content(content());
    }

    private static Content content() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
    }

    private static Schema schema() {
        Schema error = object("One field that breaks a rule.")
                .addProperty("field", text("The path in the request; empty for the whole of it."))
                .addProperty("reason", text("What is wrong with it."));
        return object("RFC 9457. Problems of some types carry more fields.")
                .addProperty("type", text("`/problems/<name>`; each has a page that says what to do."))
                .addProperty("title", text("One sentence per type, always the same."))
                .addProperty("status", OASFactory.createSchema().type(List.of(SchemaType.INTEGER)))
                .addProperty("detail", text("What is particular to this occurrence."))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.ARRAY))
                                .items(error))
                .addProperty("traceId", text("Under which the log has the rest."))
                .required(List.of("type", "title", "status"));
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().type(List.of(SchemaType.OBJECT)).description(description);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING)).description(description);
    }
}
