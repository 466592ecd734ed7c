package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.spi.Delivery;
import io.hubline.connector.spi.Hint;
import io.hubline.connector.spi.Hint.AboutOrder;
import io.hubline.connector.spi.Hint.OfNoInterest;
import io.hubline.connector.spi.Hint.Unreadable;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyWebhookTest {

    @Test
    void an_order_is_named_by_its_exact_64_bit_id() {
        Hint hint = read("orders/create", "{\"id\":820982911946154508,\"updated_at\":\"2026-11-01T10:00:00-05:00\"}");

        assertThat(hint)
                .isEqualTo(new AboutOrder(
                        "delivery-1", "orders/create", "820982911946154508", Instant.parse("2026-11-01T15:00:00Z")));
    }

    @Test
    void ids_further_inside_are_other_things() {
        Hint hint = read("orders/updated", "{\"customer\":{\"id\":7},\"line_items\":[{\"id\":8}],\"id\":9}");

        assertThat(hint).isEqualTo(new AboutOrder("delivery-1", "orders/updated", "9", null));
    }

    @Test
    void a_time_that_is_none_is_left_out() {
        assertThat(read("orders/updated", "{\"id\":9,\"updated_at\":\"yesterday\"}"))
                .isEqualTo(new AboutOrder("delivery-1", "orders/updated", "9", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":5,\"order\":{\"admin_graphql_api_id\":\"x\",\"id\":9},\"updated_at\":\"2026-11-01T10:00:00Z\"}",
                "{\"id\":5,\"order_id\":9}",
            })
    void a_return_names_its_order_in_one_of_two_ways_and_not_its_time(String body) {
        assertThat(read("returns/request", body)).isEqualTo(new AboutOrder("delivery-1", "returns/request", "9", null));
        assertThat(read("refunds/create", body)).isEqualTo(new AboutOrder("delivery-1", "refunds/create", "9", null));
    }

    @Test
    void a_return_without_an_order_is_named_itself() {
        String body = "{\"admin_graphql_api_id\":\"gid://shopify/Return/5\",\"return_line_items\":{}}";

        assertThat(read("returns/update", body))
                .isEqualTo(new Hint.AboutReturn("delivery-1", "returns/update", "gid://shopify/Return/5"));
        assertThat(read("refunds/create", "{\"id\":7}")).isInstanceOf(Unreadable.class);
    }

    @Test
    void other_topics_are_of_no_interest() {
        assertThat(read("products/update", "{\"id\":9}")).isInstanceOf(OfNoInterest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "",
                "{\"id\":9",
                "{\"id\":9} and more",
                "[]",
                "{}",
                "{\"id\":\"9\"}",
                "{\"id\":-9}",
                "{\"id\":9.5}",
                "{\"id\":123456789012345678901234567890}",
            })
    void what_names_no_order_is_unreadable(String body) {
        assertThat(read("orders/create", body)).isInstanceOf(Unreadable.class);
    }

    @Test
    void the_reason_quotes_nothing_of_the_body() {
        assertThat(read("orders/create", "{\"email\": jane@example.com}"))
                .isInstanceOfSatisfying(
                        Unreadable.class, hint -> assertThat(hint.why()).doesNotContain("jane"));
    }

    private static Hint read(String topic, String body) {
        return ShopifyWebhook.read(new Delivery(
                Map.of("X-Shopify-Topic", topic, "X-Shopify-Webhook-Id", "delivery-1"), body.getBytes(UTF_8)));
    }
}
