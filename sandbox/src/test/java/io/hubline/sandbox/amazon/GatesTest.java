package io.hubline.sandbox.amazon;

import static io.hubline.sandbox.amazon.SellingPartner.ORDERS;
import static io.hubline.sandbox.amazon.SellingPartner.SELLER;
import static io.hubline.sandbox.amazon.SellingPartner.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.amazon.SellingPartner.Answer;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What stands before every operation: tokens, quotas, faults, and what is told of all that.
class GatesTest {

    private static final String ORDER = ORDERS + "/111-1111111-1111111";

    private SellingPartner partner;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        partner = new SellingPartner();
        partner.control.offer(SELLER, List.of(Selling.NewListing.merchant("LAMP", "Reading lamp", 1999, 10)));
    }

    @AfterEach
    void close() {
        partner.close();
    }

    @Test
    void a_token_is_granted_for_an_hour() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                partner.form("grant_type=refresh_token&client_id=app&client_secret=s3cret&refresh_token=Atzr%7Cus");
        JsonNode body = Answers.JSON.readTree(answer.body());

        assertThat(body.path("access_token").asText()).startsWith("Atza|");
        assertThat(body.path("token_type").asText()).isEqualTo("bearer");
        assertThat(body.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(body.path("refresh_token").asText()).isEqualTo("Atzr|us");
        partner.clock.forward(Duration.ofMinutes(59));
        assertThat(partner.get(ORDER).status()).isEqualTo(404);
        partner.clock.forward(Duration.ofMinutes(1));
        assertThat(partner.get(ORDER).status()).isEqualTo(403);
        assertThat(partner.get(ORDER).body().at("/errors/0/details").asText()).contains("expired");
    }

    @Test
    void wrong_credentials_are_refused_in_the_words_of_oauth() throws IOException, InterruptedException {
        String right = "grant_type=refresh_token&client_id=app&client_secret=s3cret&refresh_token=Atzr%7Cus";
        Map<String, String> wrong = Map.of(
                right.replace("s3cret", "guess"),
                "401 invalid_client",
                right.replace("client_id=app", "client_id=other"),
                "401 invalid_client",
                right.replace("Atzr", "Atxx"),
                "400 invalid_grant",
                right.replace("refresh_token&", "password&"),
                "400 unsupported_grant_type",
                right.replace("&client_secret=s3cret", ""),
                "400 invalid_request",
                "",
                "400 invalid_request");
        for (Map.Entry<String, String> each : wrong.entrySet()) {
            HttpResponse<String> answer = partner.form(each.getKey());
            JsonNode body = Answers.JSON.readTree(answer.body());
            assertThat(answer.statusCode() + " " + body.path("error").asText())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
            assertThat(body.path("error_description").asText()).isNotEmpty();
        }
    }

    @Test
    void nothing_is_answered_without_a_token() throws IOException, InterruptedException {
        for (String token : List.of("", "Atza|guess")) {
            Answer answer = partner.call("GET", ORDER, null, token.isEmpty() ? null : token);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body().at("/errors/0/code").asText()).isEqualTo("Unauthorized");
            assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
        }
    }

    @Test
    void a_token_opens_one_account() throws IOException, InterruptedException {
        String german = partner.token("Atzr|de");

        assertThat(partner.call("GET", item("LAMP", ""), null, german).status()).isEqualTo(403);
        assertThat(partner.control.tally("de").calls()).containsEntry("getListingsItem", 1L);
    }

    @Test
    void a_quota_is_a_bucket_that_fills_again() throws IOException, InterruptedException {
        for (int i = 0; i < 10; i++) {
            Answer answer = partner.get(item("LAMP", ""));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-amzn-RateLimit-Limit")).hasValue("5.0");
        }
        Answer throttled = partner.get(item("LAMP", ""));
        Answer other = partner.get(ORDER);
        partner.clock.forward(Duration.ofMillis(200));

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.body().toString())
                .isEqualTo("{\"errors\":[{\"code\":\"QuotaExceeded\",\"message\":"
                        + "\"You exceeded your quota for the requested resource.\"}]}");
        assertThat(throttled.headers().firstValue("x-amzn-ErrorType")).hasValue("TooManyRequestsException");
        assertThat(throttled.headers().firstValue("x-amzn-RateLimit-Limit")).isEmpty();
        assertThat(throttled.headers().firstValue("Retry-After")).isEmpty();
        assertThat(other.status()).isEqualTo(404);
        assertThat(partner.get(item("LAMP", "")).status()).isEqualTo(200);
        assertThat(partner.get(item("LAMP", "")).status()).isEqualTo(429);
        assertThat(partner.control.tally(SELLER).throttled()).isEqualTo(2);
    }

    @Test
    void faults_befall_the_operations_that_are_meant() throws IOException, InterruptedException {
        partner.control.faults(SELLER, new Selling.Faults(100, 0, 0, 0, 0, 0, List.of("getOrder")));
        assertThat(partner.get(ORDER).status()).isEqualTo(429);
        assertThat(partner.get(item("LAMP", "")).status()).isEqualTo(200);
        partner.control.faults(SELLER, new Selling.Faults(0, 100, 0, 0, 0, 0, List.of()));
        assertThat(partner.get(ORDER).status()).isEqualTo(503);
        partner.control.faults(SELLER, new Selling.Faults(0, 0, 100, 0, 0, 0, List.of()));
        assertThat(partner.get(ORDER).status()).isEqualTo(500);
        partner.control.faults(SELLER, Selling.Faults.NONE);
        assertThat(partner.get(ORDER).status()).isEqualTo(404);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        partner.control.faults(SELLER, new Selling.Faults(0, 0, 0, 0, 0, 0, List.of("getOrders"))));
        assertThatIllegalStateException()
                .isThrownBy(() -> partner.control.faults(SELLER, new Selling.Faults(101, 0, 0, 0, 0, 0, List.of())));
    }

    @Test
    void a_dropped_answer_has_taken_effect() throws IOException, InterruptedException {
        partner.control.faults(SELLER, new Selling.Faults(0, 0, 0, 100, 0, 0, List.of("patchListingsItem")));
        String body = "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/attributes/"
                + "fulfillment_availability\",\"value\":[{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":2}]}]}";

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> partner.call("PATCH", item("LAMP", ""), body));
        partner.clock.forward(Duration.ofSeconds(1));

        assertThat(partner.control.shown(SELLER).getFirst().quantity()).isEqualTo(2);
        assertThat(partner.control.journal(SELLER))
                .filteredOn(exchange -> exchange.operation().equals("patchListingsItem"))
                .isNotEmpty()
                .allSatisfy(exchange -> {
                    assertThat(exchange.answered()).isFalse();
                    assertThat(exchange.status()).isEqualTo(200);
                });
    }

    @Test
    void the_journal_has_what_went_over_the_wire_but_no_token() throws IOException, InterruptedException {
        partner.get(item("LAMP", "&includedData=offers"));

        assertThat(partner.control.journal(SELLER)).singleElement().satisfies(exchange -> {
            assertThat(exchange.method()).isEqualTo("GET");
            assertThat(exchange.path()).isEqualTo(item("LAMP", "&includedData=offers"));
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.responseBody()).contains("offers");
            assertThat(exchange.toString()).doesNotContain("Atza");
        });
    }

    @Test
    void what_is_not_played_is_not_there() throws IOException, InterruptedException {
        assertThat(partner.get("/orders/v0/orders").status()).isEqualTo(404);
        assertThat(partner.get("/nothing").status()).isEqualTo(404);
        assertThat(partner.call("DELETE", ORDER, null).status()).isEqualTo(405);
    }

    @Test
    void a_buyer_is_served_as_at_the_shops() throws IOException, InterruptedException {
        String store = partner.uri() + "/amazon/stores/" + SELLER + "/buyer/orders";
        HttpResponse<String> bought =
                partner.plain("POST", store, "{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":2}]}", "application/json");
        HttpResponse<String> soldOut =
                partner.plain("POST", store, "{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":9}]}", "application/json");
        String id = Answers.JSON.readTree(bought.body()).path("id").asText();
        HttpResponse<String> ended = partner.plain("POST", store + "/" + id + "/cancellation", "", "application/json");
        HttpResponse<String> again = partner.plain("POST", store + "/" + id + "/cancellation", "", "application/json");

        assertThat(List.of(bought.statusCode(), soldOut.statusCode(), ended.statusCode(), again.statusCode()))
                .containsExactly(201, 422, 200, 409);
    }

    @Test
    void the_configuration_names_what_is_wrong_with_it() {
        Properties properties = new Properties();
        properties.setProperty("amazon.sellers", "us");
        properties.setProperty("amazon.seller.us.seller-id", "A1");
        properties.setProperty("amazon.seller.us.marketplace-id", "ATVPDKIKX0DER");
        properties.setProperty("amazon.seller.us.client-id", "app");
        properties.setProperty("amazon.seller.us.client-secret", "s");
        properties.setProperty("amazon.seller.us.refresh-token", "r");
        assertThat(AmazonConfig.of(properties).accounts()).hasSize(1);

        properties.setProperty("amazon.seller.us.marketplace-id", "NOWHERE");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> AmazonConfig.of(properties))
                .withMessageContaining("marketplace-id");
        properties.setProperty("amazon.apply-delay-millis", "soon");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> AmazonConfig.of(properties))
                .withMessageContaining("amazon.apply-delay-millis");
    }
}
