package io.hubline.connector.adapter.amazon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.amazon.AmazonWire.Order;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Line;
import io.hubline.contracts.connector.ChannelOrder.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTranslationTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Test
    void an_order_is_said_field_by_field() {
        ForeignOrder foreign = translate(recorded());

        assertThat(foreign.mark().externalId()).isEqualTo("114-2233445-6677889");
        assertThat(foreign.mark().updatedAt()).isEqualTo(Instant.parse("2026-11-23T09:30:00Z"));
        assertThat(foreign.order().number()).isEqualTo("114-2233445-6677889");
        assertThat(foreign.order().status()).isEqualTo(Status.OPEN);
        assertThat(foreign.order().fulfilledBy()).isEqualTo(FulfilledBy.SELLER);
        assertThat(foreign.order().placedAt()).isEqualTo(Instant.parse("2026-11-23T08:00:00Z"));
        assertThat(foreign.order().shipBy()).isEqualTo(Instant.parse("2026-11-25T07:59:59Z"));
        assertThat(foreign.order().total()).isEqualTo(usd(6643));
        assertThat(foreign.order().tax()).isEqualTo(usd(447));
        assertThat(foreign.order().shipping()).isEqualTo(usd(499));
        assertThat(foreign.order().destination()).isEqualTo(new Destination("US", "OR"));
        assertThat(foreign.order().cancelReason()).isNull();
        assertThat(foreign.returns()).isEmpty();
    }

    @Test
    void a_line_costs_its_goods_less_their_discount_and_with_their_tax() {
        Line line = translate(recorded()).order().lines().getFirst();

        assertThat(line.lineId()).isEqualTo("70011223344551");
        assertThat(line.channelSku()).isEqualTo("MUG 1/RED");
        assertThat(line.variantId()).isNull();
        assertThat(line.channelLocation()).isNull();
        assertThat(line.title()).isEqualTo("Enamel mug");
        assertThat(line.quantity()).isEqualTo(3);
        assertThat(line.ordered()).isEqualTo(3);
        assertThat(line.unitPrice()).isEqualTo(usd(1932));
        assertThat(line.tax()).isEqualTo(usd(417));
        assertThat(line.paid()).isEqualTo(usd(5797 + 417));
    }

    @Test
    void where_prices_carry_their_tax_it_is_not_added_again() {
        ObjectNode order = recorded();
        ObjectNode total = (ObjectNode) order.at("/orderItems/0/proceeds/proceedsTotal");
        total.put("amount", "61.96");

        assertThat(translate(order).order().lines().getFirst().paid()).isEqualTo(usd(5797));
    }

    @Test
    void who_gets_the_parcel_is_apart_from_the_order() {
        ForeignOrder foreign = translate(recorded());

        assertThat(foreign.recipient().name()).isEqualTo("Jane Doe");
        assertThat(foreign.recipient().line1()).isEqualTo("12 Main St");
        assertThat(foreign.recipient().line2()).isEqualTo("Floor 3");
        assertThat(foreign.recipient().city()).isEqualTo("Springfield");
        assertThat(foreign.recipient().region()).isEqualTo("OR");
        assertThat(foreign.recipient().postalCode()).isEqualTo("97477");
        assertThat(foreign.recipient().country()).isEqualTo("US");
        assertThat(foreign.recipient().phone()).isEqualTo("+1 541 555 0101");
        assertThat(foreign.recipient().email()).isEqualTo("x7abc@marketplace.example");
        assertThat(foreign.order().toString()).doesNotContain("Jane", "Main St", "97477");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING_AVAILABILITY, PENDING",
        "PENDING, PENDING",
        "UNSHIPPED, OPEN",
        "PARTIALLY_SHIPPED, OPEN",
        "SHIPPED, OPEN",
        "CANCELLED, CANCELLED",
        "UNFULFILLABLE, CANCELLED"
    })
    void every_status_has_a_meaning(String word, Status status) {
        assertThat(OrderTranslation.status(word)).isEqualTo(status);
    }

    @Test
    void a_pending_order_has_no_price_and_no_person_and_all_its_units() {
        ObjectNode order = recorded();
        order.remove("proceeds");
        order.remove("recipient");
        order.remove("buyer");
        ObjectNode item = (ObjectNode) order.at("/orderItems/0");
        item.remove("proceeds");
        item.remove("fulfillment");
        ((ObjectNode) item.path("product")).remove("price");
        ((ObjectNode) order.path("fulfillment"))
                .put("fulfillmentStatus", "PENDING")
                .remove("shipByWindow");
        ((ObjectNode) order.path("salesChannel")).put("marketplaceId", "A1PA6795UKMFR9");

        ForeignOrder foreign = translate(order);

        assertThat(foreign.order().status()).isEqualTo(Status.PENDING);
        assertThat(foreign.order().total()).isEqualTo(Money.zero("EUR"));
        assertThat(foreign.order().shipBy()).isNull();
        assertThat(foreign.order().destination()).isNull();
        assertThat(foreign.order().lines().getFirst().quantity()).isEqualTo(3);
        assertThat(foreign.order().lines().getFirst().unitPrice()).isEqualTo(Money.zero("EUR"));
        assertThat(foreign.recipient().name()).isNull();
    }

    @Test
    void what_amazon_ships_is_not_ours_to_ship() {
        ObjectNode order = recorded();
        ((ObjectNode) order.path("fulfillment")).put("fulfilledBy", "AMAZON");

        assertThat(translate(order).order().fulfilledBy()).isEqualTo(FulfilledBy.CHANNEL);
    }

    @Test
    void shipped_units_are_still_wanted_and_cancelled_ones_are_not() {
        ObjectNode shipped = recorded();
        ((ObjectNode) shipped.at("/orderItems/0/fulfillment"))
                .put("quantityFulfilled", 2)
                .put("quantityUnfulfilled", 1);
        ObjectNode cancelled = recorded();
        ((ObjectNode) cancelled.at("/orderItems/0/fulfillment")).put("quantityUnfulfilled", 0);
        ((ObjectNode) cancelled.at("/orderItems/0"))
                .putObject("cancellation")
                .putObject("cancellationExecution")
                .put("cancelledBy", "MERCHANT")
                .put("cancelReason", "NoInventory");

        assertThat(translate(shipped).order().lines().getFirst().quantity()).isEqualTo(3);
        assertThat(translate(cancelled).order().lines().getFirst().quantity()).isZero();
        assertThat(translate(cancelled).order().lines().getFirst().ordered()).isEqualTo(3);
    }

    @Test
    void a_buyer_who_asks_for_a_cancellation_has_cancelled_nothing() {
        ObjectNode order = recorded();
        ((ObjectNode) order.at("/orderItems/0"))
                .putObject("cancellation")
                .putObject("cancellationRequest")
                .put("requester", "BUYER")
                .put("cancelReason", "ordered by mistake");

        ForeignOrder foreign = translate(order);

        assertThat(foreign.order().status()).isEqualTo(Status.OPEN);
        assertThat(foreign.order().lines().getFirst().quantity()).isEqualTo(3);
    }

    @Test
    void a_cancelled_order_says_who_did_it_and_why() {
        ObjectNode order = recorded();
        ((ObjectNode) order.path("fulfillment")).put("fulfillmentStatus", "CANCELLED");
        ((ObjectNode) order.at("/orderItems/0"))
                .putObject("cancellation")
                .putObject("cancellationExecution")
                .put("cancelledBy", "BUYER")
                .put("cancelReason", "changed mind");

        assertThat(translate(order).order().status()).isEqualTo(Status.CANCELLED);
        assertThat(translate(order).order().cancelReason()).isEqualTo("BUYER: changed mind");
        assertThat(translate(order).order().lines().getFirst().quantity()).isZero();
    }

    @Test
    void what_cannot_be_said_is_refused_with_a_reason_and_without_the_person() {
        ObjectNode status = recorded();
        ((ObjectNode) status.path("fulfillment")).put("fulfillmentStatus", "TELEPORTED");
        ObjectNode party = recorded();
        ((ObjectNode) party.path("fulfillment")).put("fulfilledBy", "ROBOT");
        ObjectNode currency = recorded();
        ((ObjectNode) currency.at("/orderItems/0/proceeds/breakdowns/0/subtotal")).put("currencyCode", "EUR");
        ObjectNode fine = recorded();
        ((ObjectNode) fine.at("/proceeds/grandTotal")).put("amount", "1.234");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> translate(status))
                .withMessageContaining("TELEPORTED")
                .withMessageNotContaining("Jane");
        assertThatIllegalArgumentException().isThrownBy(() -> translate(party)).withMessageContaining("ROBOT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> translate(currency))
                .withMessageContaining("EUR");
        assertThatIllegalArgumentException().isThrownBy(() -> translate(fine)).withMessageContaining("finer");
    }

    static ObjectNode recorded() {
        try (InputStream file = OrderTranslationTest.class.getResourceAsStream("/amazon/order.json")) {
            return (ObjectNode)
                    JSON.readTree(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ForeignOrder translate(ObjectNode order) {
        return OrderTranslation.order(JSON.convertValue(order, Order.class), "USD");
    }

    private static Money usd(long minor) {
        return new Money(minor, "USD");
    }
}
