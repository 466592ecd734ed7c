package io.hubline.kit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
        given().get("/q/openapi").then().statusCode(200).body(containsString("/dead-letters"));
    }

    @Test
    void without_an_address_to_export_to_no_trace_is_recorded() {
        assertThat(sampler.getDescription()).isEqualTo(Sampler.alwaysOff().getDescription());
    }
}
