package io.hubline.sandbox.amazon;

import static io.hubline.sandbox.amazon.SellingPartner.MARKETPLACE;
import static io.hubline.sandbox.amazon.SellingPartner.ORDERS;
import static io.hubline.sandbox.amazon.SellingPartner.SELLER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.amazon.SellingPartner.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShipmentsTest {

    private SellingPartner partner;
    private Selling.Order order;
    private String lamp;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        partner = new SellingPartner();
        partner.control.offer(
                SELLER,
                List.of(
                        Selling.NewListing.merchant("LAMP", "Reading lamp", 1999, 10),
                        new Selling.NewListing("FBA-BULB", "Bulb", 500, 10, true, null)));
        order = partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 3));
        lamp = order.lines().getFirst().orderItemId();
    }

    @AfterEach
    void close() {
        partner.close();
    }

    private String parcel(String reference, int quantity) {
        return """
                {"marketplaceId": "%s", "packageDetail": {"packageReferenceId": "%s", "carrierCode": "UPS",
                 "shippingMethod": "Ground", "trackingNumber": "1Z999", "shipDate": "%s",
                 "orderItems": [{"orderItemId": "%s", "quantity": %d}]}}""".formatted(MARKETPLACE, reference, partner.clock.instant(), lamp, quantity);
    }

    private Answer confirm(String orderId, String body) throws IOException, InterruptedException {
        partner.clock.forward(Duration.ofMillis(500));
        return partner.call("POST", "/orders/v0/orders/" + orderId + "/shipmentConfirmation", body);
    }

    private JsonNode shown() throws IOException, InterruptedException {
        return partner.get(ORDERS + "/" + order.id() + "?includedData=FULFILLMENT,PACKAGES")
                .body()
                .path("order");
    }

    @Test
    void parcels_add_up_to_a_shipped_order() throws IOException, InterruptedException {
        Answer first = confirm(order.id(), parcel("1", 1));
        JsonNode partly = shown();
        Answer second = confirm(order.id(), parcel("2", 2));
        JsonNode all = shown();

        assertThat(List.of(first.status(), second.status())).containsOnly(204);
        assertThat(partly.at("/fulfillment/fulfillmentStatus").asText()).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(partly.at("/orderItems/0/fulfillment/quantityUnfulfilled").asInt())
                .isEqualTo(2);
        assertThat(all.at("/fulfillment/fulfillmentStatus").asText()).isEqualTo("SHIPPED");
        assertThat(all.path("packages")).hasSize(2);
        assertThat(all.at("/packages/0/trackingNumber").asText()).isEqualTo("1Z999");
    }

    @Test
    void the_same_reference_edits_the_package() throws IOException, InterruptedException {
        confirm(order.id(), parcel("1", 1));
        Answer edited = confirm(order.id(), parcel("1", 3).replace("1Z999", "1Z111"));

        assertThat(edited.status()).isEqualTo(204);
        assertThat(shown().path("packages")).singleElement().satisfies(parcel -> {
            assertThat(parcel.path("trackingNumber").asText()).isEqualTo("1Z111");
            assertThat(parcel.at("/packageItems/0/quantity").asInt()).isEqualTo(3);
        });
        assertThat(partner.control.order(SELLER, order.id()).status()).isEqualTo("SHIPPED");
    }

    @Test
    void more_than_was_ordered_is_refused() throws IOException, InterruptedException {
        confirm(order.id(), parcel("1", 2));
        Answer over = confirm(order.id(), parcel("2", 2));

        assertThat(over.status()).isEqualTo(400);
        assertThat(over.error()).contains("exceeds");
        assertThat(partner.control.order(SELLER, order.id()).lines().getFirst().shipped())
                .isEqualTo(2);
    }

    @Test
    void what_does_not_fit_is_refused() throws IOException, InterruptedException {
        String fits = parcel("1", 1);
        List<String> wrong = List.of(
                fits.replace(MARKETPLACE, "A1PA6795UKMFR9"),
                fits.replace("\"packageReferenceId\": \"1\"", "\"packageReferenceId\": \"0\""),
                fits.replace("\"packageReferenceId\": \"1\"", "\"packageReferenceId\": \"P-1\""),
                fits.replace("\"UPS\"", "\"Other\""),
                fits.replace("\"UPS\"", "\"Pigeon\""),
                fits.replace("\"trackingNumber\": \"1Z999\"", "\"trackingNumber\": \"\""),
                fits.replace("\"trackingNumber\": \"1Z999\", ", ""),
                fits.replace(partner.clock.instant().toString(), "11/23/2026"),
                fits.replace(partner.clock.instant().toString(), "2026-11-22T00:00:00Z"),
                fits.replace(partner.clock.instant().toString(), "2026-12-22T00:00:00Z"),
                fits.replace(lamp, "99999999999999"),
                fits.replace("\"quantity\": 1", "\"quantity\": 0"),
                fits.replace("\"quantity\": 1", "\"quantity\": \"1\""),
                fits.replace("\"shippingMethod\"", "\"shipMethod\""),
                fits.replace("\"packageDetail\"", "\"codCollectionMethod\": \"DirectPayment\", \"packageDetail\""),
                "{\"marketplaceId\": \"%s\"}".formatted(MARKETPLACE),
                "shipped");
        for (String body : wrong) {
            assertThat(confirm(order.id(), body).status()).as(body).isEqualTo(400);
        }
        assertThat(confirm("111-1111111-1111111", fits).status()).isEqualTo(404);
        assertThat(confirm("1", fits).status()).isEqualTo(400);
        assertThat(partner.control.order(SELLER, order.id()).status()).isEqualTo("UNSHIPPED");
        assertThat(confirm(order.id(), fits.replace("\"UPS\"", "\"Other\", \"carrierName\": \"Pigeon\""))
                        .status())
                .isEqualTo(204);
        assertThat(shown().at("/packages/0/carrier").asText()).isEqualTo("Pigeon");
    }

    @Test
    void only_the_sellers_own_open_orders_are_confirmed() throws IOException, InterruptedException {
        Selling.Order pending = partner.control.place(
                SELLER, new Selling.NewOrder(List.of(new Selling.Line("LAMP", 1)), 600_000L, null));
        Selling.Order amazons = partner.control.place(SELLER, Selling.NewOrder.unshipped("FBA-BULB", 1));
        Selling.Order cancelled = partner.control.place(SELLER, Selling.NewOrder.of("LAMP", 1));
        partner.control.cancel(SELLER, cancelled.id(), new Selling.Cancellation("BUYER", "Too dear"));

        for (Selling.Order each : List.of(pending, amazons, cancelled)) {
            String body = parcel("1", 1).replace(lamp, each.lines().getFirst().orderItemId());
            assertThat(confirm(each.id(), body).status()).as(each.status()).isEqualTo(400);
        }
    }
}
