package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.adapter.shopify.ShopifyWire.Connection;
import io.hubline.connector.adapter.shopify.ShopifyWire.Mark;
import io.hubline.connector.adapter.shopify.ShopifyWire.Order;
import io.hubline.connector.adapter.shopify.ShopifyWire.Ref;
import io.hubline.connector.adapter.shopify.ShopifyWire.Return;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnLine;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnedLine;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.ForeignReturn;
import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.connector.ChannelOrder.Line;
import io.hubline.contracts.connector.ChannelOrder.Status;
import io.hubline.contracts.connector.ChannelReturn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyTranslationTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String RECORDED = recorded();

    @Test
    void an_order_is_said_in_the_words_of_the_hub() {
        ForeignOrder foreign = translated(RECORDED);

        assertThat(foreign.mark().externalId()).isEqualTo("820982911946154508");
        assertThat(foreign.order().number()).isEqualTo("#1001");
        assertThat(foreign.order().status()).isEqualTo(Status.OPEN);
        assertThat(foreign.order().total()).isEqualTo(new Money(6685, "USD"));
        assertThat(foreign.order().tax()).isEqualTo(new Money(490, "USD"));
        assertThat(foreign.order().shipping()).isEqualTo(new Money(500, "USD"));
        assertThat(foreign.order().destination()).isEqualTo(new Destination("US", "OR"));
        assertThat(foreign.order().placedAt()).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
    }

    @Test
    void a_line_wants_what_is_left_of_it_at_the_place_that_still_has_some_to_ship() {
        Line shirt = translated(RECORDED).order().lines().getFirst();

        assertThat(shirt)
                .isEqualTo(new Line(
                        "gid://shopify/LineItem/11",
                        "SKU-1",
                        "gid://shopify/ProductVariant/21",
                        "gid://shopify/Location/41",
                        "Shirt",
                        2,
                        3,
                        new Money(1898, "USD"),
                        new Money(325, "USD"),
                        new Money(5696 + 325, "USD")));
    }

    @Test
    void a_line_without_sku_and_variant_is_told_all_the_same() {
        Line cap = translated(RECORDED).order().lines().get(1);

        assertThat(cap.channelSku()).isEmpty();
        assertThat(cap.variantId()).isNull();
        assertThat(cap.channelLocation()).isNull();
    }

    @Test
    void what_is_not_shipped_is_no_line() {
        assertThat(translated(RECORDED).order().lines()).extracting(Line::title).containsExactly("Shirt", "Cap");
    }

    @Test
    void the_person_is_in_the_recipient_and_nowhere_else() {
        ForeignOrder foreign = translated(RECORDED);

        assertThat(foreign.recipient().name()).isEqualTo("Jane Doe");
        assertThat(foreign.recipient().phone()).isEqualTo("+14155550132");
        assertThat(foreign.recipient().email()).isEqualTo("jane@example.com");
        assertThat(foreign.order().toString()).doesNotContain("Jane", "Main St", "97477", "example.com");
    }

    @Test
    void only_what_is_open_says_by_when_to_ship() {
        assertThat(translated(RECORDED).order().shipBy()).isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
    }

    @Test
    void a_return_is_said_by_the_lines_it_is_about() {
        Return returned = new Return(
                "gid://shopify/Return/1",
                "#1001-R1",
                "CANCELED",
                "2026-11-23T09:00:00Z",
                new Connection<>(
                        List.of(
                                new ReturnLine("r1", 2, "DEFECTIVE", new ReturnedLine(new Ref("l1"))),
                                new ReturnLine("r2", 1, "OTHER", null)),
                        null));

        ForeignOrder foreign = ShopifyTranslation.order(order(RECORDED), List.of(returned));

        assertThat(foreign.returns())
                .containsExactly(new ForeignReturn(
                        "gid://shopify/Return/1",
                        new ChannelReturn(
                                "#1001-R1",
                                ChannelReturn.Status.CANCELLED,
                                Instant.parse("2026-11-23T09:00:00Z"),
                                List.of(new ChannelReturn.Line("r1", "l1", 2, "DEFECTIVE")))));
    }

    @Test
    void the_cheap_look_differs_when_only_a_return_changed() {
        Mark before = new Mark("1", "2026-11-23T09:00:00Z", null, "PAID", "FULFILLED", "NO_RETURN", 3);
        Mark after = new Mark("1", "2026-11-23T09:00:00Z", null, "PAID", "FULFILLED", "RETURN_REQUESTED", 3);

        assertThat(ShopifyTranslation.mark(after).fingerprint())
                .isNotEqualTo(ShopifyTranslation.mark(before).fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "PAID, OPEN",
        "AUTHORIZED, OPEN",
        "PARTIALLY_REFUNDED, OPEN",
        "REFUNDED, OPEN",
        "PENDING, PENDING",
        "PARTIALLY_PAID, PENDING",
        "EXPIRED, PENDING",
        "VOIDED, PENDING",
    })
    void payment_decides_whether_an_order_may_be_shipped(String financial, Status status) {
        assertThat(ShopifyTranslation.status(order(RECORDED.replace("\"PAID\"", '"' + financial + '"'))))
                .isEqualTo(status);
    }

    @Test
    void a_cancelled_order_is_cancelled_whatever_was_paid() {
        Order cancelled = order(RECORDED.replace("\"cancelledAt\": null", "\"cancelledAt\": \"2026-11-23T10:00:00Z\""));

        assertThat(ShopifyTranslation.status(cancelled)).isEqualTo(Status.CANCELLED);
    }

    @Test
    void a_word_of_tomorrow_is_not_guessed_at() {
        Order unknown = order(RECORDED.replace("\"PAID\"", "\"BARTERED\""));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShopifyTranslation.order(unknown, List.of()))
                .withMessageContaining("BARTERED");
    }

    @Test
    void a_total_finer_than_its_currency_is_refused_and_not_rounded() {
        Order finer = order(RECORDED.replace("66.85", "66.855"));

        assertThatIllegalArgumentException().isThrownBy(() -> ShopifyTranslation.order(finer, List.of()));
    }

    @Test
    void a_cheap_look_leaves_the_same_mark_as_the_whole_order() {
        Mark mark = new Mark(
                "820982911946154508", "2026-11-23T04:00:05-05:00", null, "PAID", "UNFULFILLED", "NO_RETURN", 3);

        assertThat(ShopifyTranslation.mark(mark)).isEqualTo(translated(RECORDED).mark());
    }

    private static ForeignOrder translated(String text) {
        return ShopifyTranslation.order(order(text), List.of());
    }

    private static Order order(String text) {
        try {
            return JSON.readValue(text, Order.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String recorded() {
        try (InputStream file = ShopifyTranslationTest.class.getResourceAsStream("/shopify/order.json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
