package io.hubline.sandbox.amazon;

import static io.hubline.sandbox.amazon.SellingPartner.MARKETPLACE;
import static io.hubline.sandbox.amazon.SellingPartner.ORDERS;
import static io.hubline.sandbox.amazon.SellingPartner.SELLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.amazon.SellingPartner.Answer;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {

    private static final String ALL = "&includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,"
            + "FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS";

    private SellingPartner partner;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        partner = new SellingPartner();
        partner.control.offer(
                SELLER,
                List.of(
                        Selling.NewListing.merchant("LAMP", "Reading lamp", 1999, 10),
                        Selling.NewListing.merchant("SHADE", "Lamp shade", 700, 10),
                        new Selling.NewListing("FBA-BULB", "Bulb", 500, 10, true, null)));
    }

    @AfterEach
    void close() {
        partner.close();
    }

    private Answer since(Duration ago, String more) throws IOException, InterruptedException {
        return partner.get(
                ORDERS + "?lastUpdatedAfter=" + partner.clock.instant().minus(ago) + more);
    }

    private JsonNode order(String id) throws IOException, InterruptedException {
        Answer answer = partner.get(ORDERS + "/" + id + "?" + ALL.substring(1));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("order");
    }

    @Test
    void a_change_is_listed_two_minutes_late() throws IOException, InterruptedException {
        Selling.Order order = partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 1));

        assertThat(since(Duration.ofHours(1), "").body().path("orders")).isEmpty();
        partner.clock.forward(Duration.ofSeconds(119));
        assertThat(since(Duration.ofHours(1), "").body().path("orders")).isEmpty();
        partner.clock.forward(Duration.ofSeconds(1));
        JsonNode found = since(Duration.ofHours(1), "").body();

        assertThat(found.path("orders"))
                .singleElement()
                .satisfies(each -> assertThat(each.path("orderId").asText()).isEqualTo(order.id()));
        assertThat(Instant.parse(found.path("lastUpdatedBefore").asText()))
                .isEqualTo(partner.clock.instant().minusSeconds(120));
    }

    @Test
    void a_pending_order_shows_neither_prices_nor_people() throws IOException, InterruptedException {
        Selling.Order order = partner.control.place(SELLER, Selling.NewOrder.of("LAMP", 2));

        JsonNode pending = order(order.id());
        partner.clock.forward(Duration.ofSeconds(2));
        JsonNode unshipped = order(order.id());

        assertThat(pending.path("fulfillment").path("fulfillmentStatus").asText())
                .isEqualTo("PENDING");
        assertThat(pending.has("proceeds") || pending.has("buyer") || pending.has("recipient"))
                .isFalse();
        assertThat(pending.at("/orderItems/0/product").has("price")).isFalse();
        assertThat(unshipped.path("fulfillment").path("fulfillmentStatus").asText())
                .isEqualTo("UNSHIPPED");
        assertThat(unshipped.at("/orderItems/0/product/price/unitPrice/amount").asText())
                .isEqualTo("19.99");
        assertThat(unshipped.at("/proceeds/grandTotal/amount").asText()).isEqualTo("43.18");
        assertThat(unshipped.at("/recipient/deliveryAddress/postalCode").asText())
                .isNotEmpty();
    }

    @Test
    void only_what_is_asked_for_is_shown() throws IOException, InterruptedException {
        Selling.Order order = partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 1));

        JsonNode bare = partner.get(ORDERS + "/" + order.id()).body().path("order");
        JsonNode proceeds = partner.get(ORDERS + "/" + order.id() + "?includedData=PROCEEDS")
                .body()
                .path("order");

        assertThat(bare.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "orderId", "createdTime", "lastUpdatedTime", "programs", "salesChannel", "orderItems");
        assertThat(bare.at("/orderItems/0").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("orderItemId", "quantityOrdered", "programs", "product");
        assertThat(proceeds.has("proceeds")).isTrue();
        assertThat(proceeds.has("buyer") || proceeds.has("fulfillment")).isFalse();
    }

    @Test
    void pages_are_walked_with_a_token_that_is_bound_to_its_query() throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 1));
            partner.clock.forward(Duration.ofSeconds(1));
        }
        partner.clock.forward(Duration.ofMinutes(3));
        String query = ORDERS + "?createdAfter=2026-11-23T00:00:00Z&maxResultsPerPage=2";
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            Answer page = partner.get(query + (token.isEmpty() ? "" : "&paginationToken=" + token));
            assertThat(page.status()).as(page.error()).isEqualTo(200);
            page.body()
                    .path("orders")
                    .forEach(each -> seen.add(each.path("orderId").asText()));
            token = page.body().at("/pagination/nextToken").asText("");
        } while (!token.isEmpty());

        String first = partner.get(query).body().at("/pagination/nextToken").asText();
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        assertThat(partner.get(ORDERS + "?createdAfter=2026-11-22T00:00:00Z&maxResultsPerPage=2&paginationToken="
                                + first)
                        .status())
                .isEqualTo(400);
        partner.clock.forward(Duration.ofHours(24));
        partner.renew();
        assertThat(partner.get(query + "&paginationToken=" + first).error()).contains("expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?createdAfter=2026-11-23T00:00:00Z&lastUpdatedAfter=2026-11-23T00:00:00Z",
                "?createdAfter=2026-11-23T00:00:00Z&lastUpdatedBefore=2026-11-23T01:00:00Z",
                "?createdAfter=2026-11-23T00:00:00Z&createdBefore=2026-11-23T11:58:01Z",
                "?createdAfter=2026-11-23T00:00:00Z&createdBefore=2026-11-22T00:00:00Z",
                "?createdAfter=yesterday",
                "?createdAfter=2026-11-23",
                "?createdAfter=",
                "?createdAfter=2026-11-23T00:00:00Z&maxResultsPerPage=0",
                "?createdAfter=2026-11-23T00:00:00Z&maxResultsPerPage=101",
                "?createdAfter=2026-11-23T00:00:00Z&maxResultsPerPage=many",
                "?createdAfter=2026-11-23T00:00:00Z&fulfillmentStatuses=OPEN",
                "?createdAfter=2026-11-23T00:00:00Z&fulfilledBy=SELLER",
                "?createdAfter=2026-11-23T00:00:00Z&includedData=EVERYTHING",
                "?createdAfter=2026-11-23T00:00:00Z&includedData=BUYER,,TAX",
                "?createdAfter=2026-11-23T00:00:00Z&includedData=BUYER&includedData=TAX",
                "?createdAfter=2026-11-23T00:00:00Z&marketplaceIds=NOWHERE",
                "?createdAfter=2026-11-23T00:00:00Z&paginationToken=made-up",
                "?createdAfter=2026-11-23T00:00:00Z&orderStatuses=UNSHIPPED"
            })
    void a_malformed_search_is_refused(String query) throws IOException, InterruptedException {
        Answer answer = partner.get(ORDERS + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/code").asText()).isEqualTo("InvalidInput");
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void a_search_is_filtered() throws IOException, InterruptedException {
        partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 1));
        partner.control.place(SELLER, new Selling.NewOrder(List.of(new Selling.Line("LAMP", 1)), 600_000L, null));
        partner.control.place(SELLER, Selling.NewOrder.unshipped("FBA-BULB", 1));
        partner.clock.forward(Duration.ofMinutes(5));
        // The clock runs on for the seller's order too: only Amazon's own has been shipped by now.
        partner.control.tally(SELLER);
        partner.clock.forward(Duration.ofMinutes(3));

        assertThat(since(Duration.ofHours(1), "").body().path("orders")).hasSize(3);
        assertThat(since(Duration.ofHours(1), "&fulfillmentStatuses=PENDING")
                        .body()
                        .path("orders"))
                .hasSize(1);
        assertThat(since(Duration.ofHours(1), "&fulfillmentStatuses=PENDING,SHIPPED")
                        .body()
                        .path("orders"))
                .hasSize(2);
        assertThat(since(Duration.ofHours(1), "&fulfilledBy=AMAZON&includedData=FULFILLMENT")
                        .body()
                        .path("orders"))
                .singleElement()
                .satisfies(order -> assertThat(
                                order.at("/fulfillment/fulfillmentStatus").asText())
                        .isEqualTo("SHIPPED"));
        assertThat(since(Duration.ofHours(1), "&marketplaceIds=A1PA6795UKMFR9")
                        .body()
                        .path("orders"))
                .isEmpty();
        assertThat(since(Duration.ofHours(1), "&marketplaceIds=" + MARKETPLACE)
                        .body()
                        .path("orders"))
                .hasSize(3);
    }

    @Test
    void an_order_that_is_not_there_is_not_found() throws IOException, InterruptedException {
        assertThat(partner.get(ORDERS + "/111-1111111-1111111").status()).isEqualTo(404);
        assertThat(partner.get(ORDERS + "/12345").status()).isEqualTo(400);
        assertThat(partner.get(ORDERS + "/111-1111111-1111111?fields=all").status())
                .isEqualTo(400);
    }

    @Test
    void the_example_is_served_exactly() throws IOException, InterruptedException {
        Selling.Order put = partner.control.placeExample(SELLER);
        JsonNode example = Answers.JSON.readTree(AmazonChannel.class.getResourceAsStream("order.json"));

        assertThat(order(put.id())).isEqualTo(example);
        assertThat(partner.get(ORDERS + "?lastUpdatedAfter=2026-10-01T00:00:00Z" + ALL)
                        .body()
                        .path("orders"))
                .containsExactly(example);
        assertThat(put.status()).isEqualTo("SHIPPED");
        assertThat(put.lines()).extracting(Selling.OrderLine::paidMinor).containsExactly(8151L, 1944L);
        assertThatIllegalStateException().isThrownBy(() -> partner.control.placeExample(SELLER));
    }

    @Test
    void a_placed_order_lowers_the_number_and_a_cancelled_one_raises_it() throws IOException, InterruptedException {
        Selling.Order order = partner.control.place(SELLER, Selling.NewOrder.of("LAMP", 3));
        int lowered = shown("LAMP");
        Selling.Order cancelled =
                partner.control.cancel(SELLER, order.id(), new Selling.Cancellation("BUYER", "Too dear"));

        assertThat(lowered).isEqualTo(7);
        assertThat(cancelled.status()).isEqualTo("CANCELLED");
        assertThat(cancelled.cancelledBy()).isEqualTo("BUYER");
        assertThat(shown("LAMP")).isEqualTo(10);
        assertThat(partner.control.sales(SELLER))
                .extracting(Selling.Sale::units)
                .containsExactly(-3, 3);
        assertThat(order(order.id())
                        .at("/orderItems/0/cancellation/cancellationExecution/cancelledBy")
                        .asText())
                .isEqualTo("BUYER");
    }

    @Test
    void a_buyer_can_only_ask_once_the_order_is_not_pending() throws IOException, InterruptedException {
        Selling.Order order = partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 1));

        Selling.Order asked = partner.control.cancel(SELLER, order.id(), new Selling.Cancellation("BUYER", "Too dear"));

        assertThat(asked.status()).isEqualTo("UNSHIPPED");
        assertThat(asked.lines()).allMatch(Selling.OrderLine::cancellationRequested);
        assertThat(order(order.id())
                        .at("/orderItems/0/cancellation/cancellationRequest/requester")
                        .asText())
                .isEqualTo("BUYER");
    }

    @Test
    void the_number_may_fall_later_and_stay_down() throws IOException, InterruptedException {
        Selling.Behaviour usual = partner.control.behaviour(SELLER);
        partner.control.behaviour(
                SELLER,
                new Selling.Behaviour(
                        false,
                        false,
                        usual.pendingMillis(),
                        usual.applyDelayMillis(),
                        usual.feedDelayMillis(),
                        usual.financeLagMillis(),
                        usual.listedAfterMillis(),
                        usual.fbaShipsAfterMillis()));
        Selling.Order order = partner.control.place(SELLER, Selling.NewOrder.of("LAMP", 3));
        int pending = shown("LAMP");
        partner.clock.forward(Duration.ofSeconds(2));
        int released = shown("LAMP");
        partner.control.cancel(SELLER, order.id(), new Selling.Cancellation("AMAZON", "Payment failed"));

        assertThat(List.of(pending, released, shown("LAMP"))).containsExactly(10, 7, 7);
    }

    @Test
    void nothing_is_sold_that_is_not_shown() throws InterruptedException {
        assertThatIllegalStateException()
                .isThrownBy(() -> partner.control.place(SELLER, Selling.NewOrder.of("LAMP", 11)))
                .withMessageContaining("sold out");
        assertThatIllegalStateException()
                .isThrownBy(() -> partner.control.place(SELLER, Selling.NewOrder.of("NOTHING", 1)));
        assertThat(partner.control.tally(SELLER).soldOutCheckouts()).isEqualTo(1);
    }

    @Test
    void the_tally_counts_what_happened() throws InterruptedException {
        partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 2));
        Selling.Order cancelled = partner.control.place(SELLER, Selling.NewOrder.of("SHADE", 1));
        partner.control.cancel(SELLER, cancelled.id(), new Selling.Cancellation("BUYER", "Too dear"));

        Selling.Tally tally = partner.control.tally(SELLER);

        assertThat(tally.ordersPlaced()).isEqualTo(2);
        assertThat(tally.ordersCancelled()).isEqualTo(1);
        assertThat(tally.ordersCancelledBySeller()).isZero();
        assertThat(tally.ordersOpen()).isEqualTo(1);
        assertThat(tally.skus())
                .contains(new Selling.SkuTally("LAMP", 2, 0, 0, 0, 8), new Selling.SkuTally("SHADE", 1, 1, 0, 0, 10));
        assertThat(partner.control.people(SELLER)).isNotEmpty();
    }

    private int shown(String sku) throws InterruptedException {
        return partner.control.shown(SELLER).stream()
                .filter(each -> each.sku().equals(sku))
                .mapToInt(Selling.Shown::quantity)
                .findFirst()
                .orElseThrow();
    }
}
