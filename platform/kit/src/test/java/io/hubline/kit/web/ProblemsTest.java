package io.hubline.kit.web;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ProblemsTest {

    @Test
    void a_broken_rule_names_the_field_as_the_caller_wrote_it_and_the_reason() {
        problem(post("{\"name\":\"\",\"lines\":[{\"sku\":\"A\",\"quantity\":0}]}"), 400, "invalid-request")
                .body("errors.field", contains("lines[0].quantity", "name"))
                .body("errors[0].reason", equalTo("must be greater than 0"));
    }

    @Test
    void a_missing_body_is_a_broken_rule_where_the_resource_says_so() {
        problem(
                        Tokens.as("operator")
                                .contentType("application/json")
                                .post("/probe")
                                .then(),
                        400,
                        "invalid-request")
                .body("errors.field", contains("request"))
                .body("errors[0].reason", equalTo("must not be null"));
    }

    @Test
    void a_broken_rule_of_a_parameter_names_the_parameter() {
        problem(Tokens.as("viewer").get("/probe?limit=11").then(), 400, "invalid-request")
                .body("errors.field", contains("limit"));
    }

    @Test
    void a_value_of_the_wrong_kind_names_its_field() {
        problem(post("{\"name\":\"n\",\"lines\":[{\"sku\":\"A\",\"quantity\":\"many\"}]}"), 400, "malformed-json")
                .body("errors.field", contains("lines.[0].quantity"));
    }

    @Test
    void a_word_that_is_not_in_the_list_names_its_field() {
        problem(
                        post("{\"name\":\"n\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"colour\":\"PINK\"}]}"),
                        400,
                        "malformed-json")
                .body("errors.field", contains("lines.[0].colour"));
    }

    @Test
    void a_record_that_refuses_its_values_says_why() {
        problem(post("{\"name\":\"n\",\"lines\":[{\"sku\":\"IMPOSSIBLE\",\"quantity\":1}]}"), 400, "malformed-json")
                .body("errors[0].reason", equalTo("no such thing can be"));
    }

    @Test
    void a_body_that_is_not_json_is_a_problem() {
        problem(post("{\"name\":"), 400, "malformed-json").body("errors[0].reason", equalTo("is not JSON"));
    }

    @Test
    void a_refusal_carries_its_fields() {
        problem(fail("refused"), 409, "out-of-stock")
                .body("title", equalTo("Not enough stock"))
                .body("detail", equalTo("3 are left"))
                .body("missing", equalTo(4));
    }

    @Test
    void what_breaks_on_our_side_tells_nothing_but_where_to_look() {
        problem(fail("broken"), 500, "internal-error")
                .body(not(containsString("4711")))
                .body("detail", nullValue())
                .body("traceId.length()", equalTo(32));
    }

    @Test
    void what_passes_is_worth_another_try() {
        problem(fail("away"), 503, "try-again").header("Retry-After", "1");
        problem(fail("raced"), 503, "try-again").header("Retry-After", "1");
    }

    @Test
    void wrong_addresses_methods_and_forms_are_problems() {
        problem(given().get("/nowhere").then(), 404, "not-found");
        problem(Tokens.as("viewer").delete("/probe").then(), 405, "method-not-allowed");
        problem(
                Tokens.as("operator")
                        .contentType("text/plain")
                        .body("x")
                        .post("/probe")
                        .then(),
                415,
                "unsupported-media-type");
        problem(Tokens.as("viewer").accept("image/png").get("/probe").then(), 406, "not-acceptable");
        problem(Tokens.as("viewer").get("/dead-letters/not-an-id").then(), 404, "not-found");
    }

    @Test
    void a_body_that_says_it_is_too_long_is_a_problem() throws IOException {
        String answer = speak("Content-Length: 10485761\r\n\r\n{\"name\":");

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "/problems/content-too-large", "\"maxBytes\":10485760")
                .containsIgnoringCase("X-Content-Type-Options: nosniff");
    }

    /// The server counts it while it is read, and closes: there may be no answer at all. It is not ours to
    /// mend.
    @Test
    void a_body_that_turns_out_too_long_breaks_nothing() throws IOException {
        try (Heard heard = new Heard(ProblemMappers.class)) {
            String answer = speak("Transfer-Encoding: chunked\r\n\r\n"
                    + "40000\r\n%s\r\n".formatted(" ".repeat(0x40000)).repeat(44));

            assertThat(answer)
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).startsWith("HTTP/1.1 413 "));
            assertThat(heard.loudest()).isLessThan(Level.WARNING.intValue());
        }
    }

    @Test
    void a_caller_that_hangs_up_breaks_nothing() throws IOException {
        try (Heard heard = new Heard(ProblemMappers.class)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request("Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n"));
                // Whoever hangs up before the server reads the body is noticed only after its read timeout.
                assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine())
                        .isEqualTo("HTTP/1.1 100 Continue");
                socket.getOutputStream().write(("{\"name\":" + " ".repeat(50_000)).getBytes(UTF_8));
                socket.getOutputStream().flush();
            }

            await().untilAsserted(() -> assertThat(heard.messages()).contains("A body could not be read to its end"));
            assertThat(heard.loudest()).isLessThan(Level.WARNING.intValue());
        }
    }

    @Test
    void a_missing_or_wrong_token_and_a_missing_role_are_problems() {
        problem(given().get("/probe").then(), 401, "unauthorised").header("WWW-Authenticate", "Bearer");
        problem(given().auth().oauth2("rubbish").get("/probe").then(), 401, "unauthorised")
                .header("WWW-Authenticate", "Bearer");
        problem(Tokens.as().get("/probe").then(), 403, "forbidden");
    }

    @Test
    void a_public_endpoint_does_not_look_at_tokens() {
        given().auth().oauth2("rubbish").post("/probe/failures/none").then().statusCode(200);
    }

    private static String speak(String rest) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request(rest));
                return new String(socket.getInputStream().readAllBytes(), UTF_8);
            } catch (SocketException e) {
                // The server closed before it had read everything.
                return "";
            }
        }
    }

    private static byte[] request(String rest) {
        return """
                POST /probe HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                %s""".formatted(Tokens.of("operator"), rest).getBytes(UTF_8);
    }

    private static ValidatableResponse post(String body) {
        return Tokens.as("operator")
                .contentType("application/json")
                .body(body)
                .post("/probe")
                .then();
    }

    private static ValidatableResponse fail(String kind) {
        return given().post("/probe/failures/" + kind).then();
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String type) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .header("X-Content-Type-Options", "nosniff")
                .body("type", equalTo("/problems/" + type))
                .body("status", equalTo(status));
    }
}
