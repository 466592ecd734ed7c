package io.hubline.kit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;

import io.hubline.testkit.InfrastructureResource;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class DefaultsTest {

    @Inject
    Sampler sampler;

    @SuppressWarnings("NullAway.Init") // set by the test framework
    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Test
    void health_is_on_the_management_port_and_ready_means_the_database() {
        given().get(management + "health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get(management + "health/started").then().statusCode(200);
        given().get(management + "health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", org.hamcrest.Matchers.hasItem(containsString("Database")));
        given().get("/q/health").then().statusCode(404);
    }

    @Test
    void metrics_tell_of_the_outbox_and_the_dead_letters() {
        given().get(management + "metrics")
                .then()
                .statusCode(200)
                .body(containsString("\nhubline_outbox_oldest_row_age_seconds"))
                .body(containsString("\nhubline_outbox_rows"))
                .body(containsString("\nhubline_dead_letters"));
    }

    @Test
    void the_api_describes_itself_on_the_main_port() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Hubline kit"))
                .body("info.version", equalTo("1"))
                .body("components.securitySchemes.bearer.type", equalTo("http"))
                .body("components.securitySchemes.bearer.scheme", equalTo("bearer"))
                .body("components.schemas.Problem.required", hasItems("type", "title", "status"))
                .body("components.responses.Problem.content", hasKey("application/problem+json"))
                .body("paths.'/dead-letters'.get.security[0]", hasKey("bearer"))
                .body("paths.'/dead-letters'.get.responses.'403'.content", hasKey("application/problem+json"))
                .body("paths.'/probe'.post.responses.'400'.content", hasKey("application/problem+json"))
                .body("paths.'/dead-letters'.get.responses.default.'$ref'", equalTo("#/components/responses/Problem"));
    }

    @Test
    void the_api_console_is_off_unless_somebody_asks_for_it() {
        given().redirects().follow(false).get("/q/swagger-ui").then().statusCode(404);
        given().get("/q/swagger-ui/").then().statusCode(404);
    }

    @Test
    void without_an_address_to_export_to_no_trace_is_recorded() {
        assertThat(sampler.getDescription()).isEqualTo(Sampler.alwaysOff().getDescription());
    }
}
