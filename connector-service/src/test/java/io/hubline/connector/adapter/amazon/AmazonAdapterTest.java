package io.hubline.connector.adapter.amazon;

import static io.hubline.connector.adapter.amazon.StubAmazon.error;
import static io.hubline.connector.adapter.amazon.StubAmazon.lost;
import static io.hubline.connector.adapter.amazon.StubAmazon.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.amazon.StubAmazon.Call;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.Quota.Rate;
import io.hubline.connector.spi.RefundDemand;
import io.hubline.connector.spi.ShipmentConfirmation;
import io.hubline.connector.spi.WriteAnswer;
import io.hubline.connector.spi.WriteAnswer.Accepted;
import io.hubline.connector.spi.WriteAnswer.Fault;
import io.hubline.connector.spi.WriteAnswer.NotApplied;
import io.hubline.contracts.Money;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.contracts.catalog.ListingState.Option;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: what the adapter sends is what Amazon takes, and every answer means what it should. Method: a stub
/// over real HTTP that answers as told, and refuses what no test expected.
class AmazonAdapterTest {

    private static final String ORDERS = "/orders/2026-01-01/orders";
    private static final String ORDER = ORDERS + "/114-2233445-6677889";
    private static final String ITEM = "/listings/2021-08-01/items/A1SELLER/MUG%201%2FRED";
    private static final String FEEDS = "/feeds/2021-06-30/feeds";
    private static final String DOCUMENTS = "/feeds/2021-06-30/documents";
    private static final String BOOKS = "/finances/2024-06-19/transactions";
    private static final Place PLACE = new Place("MUG 1/RED", "DEFAULT");
    private static final UUID KEY = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private final StubAmazon amazon = new StubAmazon();
    private final Account account = amazon.account();
    private final OpenQuota quota = new OpenQuota();
    private final AmazonClient client = new AmazonClient(quota, InstantSource.system(), new SimpleMeterRegistry());
    private final AmazonAdapter adapter = adapter(client);

    private static AmazonAdapter adapter(AmazonClient client) {
        Orders orders = new Orders(client);
        Feeds feeds = new Feeds(client);
        return new AmazonAdapter(
                client,
                orders,
                new Quantities(client),
                new Listings(client),
                new Shipments(client, orders, InstantSource.system()),
                new Cancellations(orders, feeds),
                new Refunds(client, orders, feeds, InstantSource.system()));
    }

    @AfterEach
    void close() {
        client.close();
        amazon.close();
    }

    @Test
    void a_listing_carries_whole_orders_and_goes_on_by_its_token() {
        amazon.on("GET", ORDERS, ok(page("token 2", order().toString())), ok(page(null)));
        Instant since = Instant.parse("2026-11-23T08:00:00Z");

        OrderPage first = done(adapter.changedOrders(account, since, null));
        OrderPage second = done(adapter.changedOrders(account, since, first.next()));

        assertThat(first.orders())
                .singleElement()
                .satisfies(order -> assertThat(order.mark().externalId()).isEqualTo("114-2233445-6677889"));
        assertThat(first.marks()).isEmpty();
        // A minute before what Amazon says, for what its index lags behind.
        assertThat(first.channelTime()).isEqualTo(Instant.parse("2026-11-23T09:57:00Z"));
        assertThat(second.next()).isNull();
        assertThat(amazon.calls("GET", ORDERS))
                .extracting(Call::query)
                .satisfiesExactly(
                        query -> assertThat(query)
                                .containsEntry("lastUpdatedAfter", since.toString())
                                .containsEntry("marketplaceIds", "ATVPDKIKX0DER")
                                .containsEntry("fulfilledBy", "MERCHANT,AMAZON")
                                .doesNotContainKey("paginationToken"),
                        query -> assertThat(query)
                                .containsEntry("lastUpdatedAfter", since.toString())
                                .containsEntry("paginationToken", "token 2"));
    }

    @Test
    void an_order_that_cannot_be_read_does_not_spoil_the_page() {
        ObjectNode odd = order();
        odd.put("orderId", "114-0000000-0000001");
        ((ObjectNode) odd.path("fulfillment")).put("fulfillmentStatus", "TELEPORTED");
        amazon.on("GET", ORDERS, ok(page(null, odd.toString(), order().toString())))
                .on("GET", ORDERS + "/114-0000000-0000001", ok("{\"order\":%s}".formatted(odd)));

        OrderPage page = done(adapter.changedOrders(account, Instant.EPOCH, null));
        FetchedOrders fetched = done(adapter.fetchOrders(account, List.of("114-0000000-0000001")));

        assertThat(page.orders()).hasSize(1);
        assertThat(page.marks())
                .singleElement()
                .satisfies(mark -> assertThat(mark.externalId()).isEqualTo("114-0000000-0000001"));
        assertThat(fetched.unreadable().get("114-0000000-0000001")).contains("TELEPORTED");
    }

    @Test
    void an_order_that_amazon_does_not_know_is_missing() {
        assertThat(done(adapter.fetchOrders(account, List.of("114-9999999-9999999")))
                        .missing())
                .containsExactly("114-9999999-9999999");
    }

    @Test
    void a_token_that_ended_is_renewed_once_and_the_call_made_again() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order())));
        adapter.fetchOrders(account, List.of("114-2233445-6677889"));

        amazon.endToken();
        FetchedOrders fetched = done(adapter.fetchOrders(account, List.of("114-2233445-6677889")));

        assertThat(fetched.orders()).hasSize(1);
        assertThat(amazon.tokens()).isEqualTo(2);
    }

    @Test
    void being_let_in_nowhere_is_no_fault_of_the_call() {
        amazon.on("GET", ORDER, error(403, "Unauthorized"));

        assertThat(adapter.fetchOrders(account, List.of("114-2233445-6677889"))).isInstanceOf(TryAgain.class);
        assertThat(amazon.tokens()).isEqualTo(2);
    }

    @Test
    void a_throttled_call_empties_the_bucket_and_waits_for_one_call() {
        amazon.on("GET", ORDERS, error(429, "QuotaExceeded"));

        Outcome<OrderPage> outcome = adapter.changedOrders(account, Instant.EPOCH, null);

        assertThat(outcome)
                .asInstanceOf(type(TryAgain.class))
                .satisfies(
                        again -> assertThat(again.after()).isBetween(Duration.ofSeconds(178), Duration.ofSeconds(180)));
        assertThat(quota.emptied()).containsExactly("searchOrders");
        assertThat(adapter.shortestPollInterval(account)).isEqualTo(Duration.ofMillis(178_572));
    }

    @Test
    void a_quota_that_is_spent_for_minutes_holds_no_thread() {
        quota.isSpent("searchOrders", Duration.ofMinutes(3));

        assertThat(adapter.changedOrders(account, Instant.EPOCH, null))
                .isEqualTo(new TryAgain<>(Duration.ofMinutes(3), "the quota of searchOrders is spent"));
        assertThat(amazon.calls("GET", ORDERS)).isEmpty();
    }

    @Test
    void a_rate_that_amazon_names_is_believed() {
        amazon.on("GET", ORDERS, new StubAmazon.Answer(200, page(null), Map.of("x-amzn-RateLimit-Limit", "0.5")));

        adapter.changedOrders(account, Instant.EPOCH, null);
        adapter.changedOrders(account, Instant.EPOCH, null);

        assertThat(quota.taken()).containsEntry("searchOrders", new Rate(0.5, 20));
        assertThat(adapter.shortestPollInterval(account)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_number_is_merged_into_the_sellers_own_stock_and_taken_unseen() {
        amazon.on(
                "PATCH",
                ITEM,
                ok("{\"sku\":\"MUG 1/RED\",\"status\":\"ACCEPTED\",\"submissionId\":\"s1\",\"issues\":[]}"));

        WriteAnswer answer = done(adapter.setQuantities(account, KEY, List.of(write(7))));

        assertThat(answer).isEqualTo(new Accepted(Duration.ofSeconds(30)));
        Call call = amazon.calls("PATCH", ITEM).getFirst();
        assertThat(call.query()).containsEntry("marketplaceIds", "ATVPDKIKX0DER");
        assertThat(call.json()).isEqualTo(json("""
                {"productType":"PRODUCT","patches":[{"op":"merge","path":"/attributes/fulfillment_availability",
                 "value":[{"fulfillment_channel_code":"DEFAULT","quantity":7}]}]}
                """));
    }

    @Test
    void a_number_that_amazon_will_not_have_says_why() {
        amazon.on("PATCH", ITEM, ok("""
                {"sku":"MUG 1/RED","status":"INVALID","submissionId":"s1","issues":[
                 {"code":"90220","message":"quantity is too large","severity":"ERROR","categories":["INVALID_ATTRIBUTE"]}]}
                """));

        assertThat(done(adapter.setQuantities(account, KEY, List.of(write(7)))))
                .isEqualTo(new NotApplied(Map.of(0, new Fault.Rejected("90220", "quantity is too large"))));
    }

    @Test
    void a_write_without_an_answer_is_unknown_and_a_read_is_not() {
        amazon.on("PATCH", ITEM, lost(), error(503, "InternalFailure")).on("GET", ITEM, error(503, "InternalFailure"));

        assertThat(adapter.setQuantities(account, KEY, List.of(write(7)))).isInstanceOf(Unknown.class);
        assertThat(adapter.setQuantities(account, KEY, List.of(write(7)))).isInstanceOf(Unknown.class);
        assertThat(adapter.readQuantities(account, List.of(PLACE))).isInstanceOf(TryAgain.class);
    }

    @Test
    void the_number_is_read_from_the_sellers_own_stock() {
        amazon.on(
                "GET",
                ITEM,
                ok(
                        "{\"sku\":\"s\",\"fulfillmentAvailability\":[{\"fulfillmentChannelCode\":\"DEFAULT\",\"quantity\":4}]}"),
                ok("{\"sku\":\"s\",\"fulfillmentAvailability\":[]}"),
                ok("{\"sku\":\"s\",\"fulfillmentAvailability\":[{\"fulfillmentChannelCode\":\"AMAZON_NA\"}]}"),
                error(404, "NOT_FOUND"));

        assertThat(read()).isEqualTo(OptionalLong.of(4));
        assertThat(read()).isEqualTo(OptionalLong.of(0));
        assertThat(read()).isEmpty();
        assertThat(read()).isEmpty();
        assertThat(amazon.calls("GET", ITEM).getFirst().query())
                .containsEntry("includedData", "fulfillmentAvailability");
    }

    @Test
    void an_offer_stands_where_its_sku_is() {
        assertThat(adapter.place(new OfferAddress("MUG 1/RED", null, null, null)))
                .hasValue(PLACE);
        assertThat(adapter.place(new OfferAddress(" ", "v", "i", "l"))).isEmpty();
    }

    @Test
    void a_parcel_is_told_under_a_number_of_its_own() {
        String confirmation = "/orders/v0/orders/114-2233445-6677889/shipmentConfirmation";
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order())))
                .on("POST", confirmation, new StubAmazon.Answer(204, "", Map.of()));

        assertThat(done(adapter.confirm(account, shipment("Correct Couriers", 2))))
                .isInstanceOf(Settled.class);

        JsonNode body = amazon.calls("POST", confirmation).getFirst().json();
        assertThat(body.path("marketplaceId").asText()).isEqualTo("ATVPDKIKX0DER");
        assertThat(body.at("/packageDetail/packageReferenceId").asText())
                .isEqualTo(Shipments.reference("shipment-1"))
                .matches("[1-9][0-9]{0,8}");
        assertThat(body.at("/packageDetail/carrierCode").asText()).isEqualTo("Other");
        assertThat(body.at("/packageDetail/carrierName").asText()).isEqualTo("Correct Couriers");
        assertThat(body.at("/packageDetail/trackingNumber").asText()).isEqualTo("1Z999");
        assertThat(Instant.parse(body.at("/packageDetail/shipDate").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(body.at("/packageDetail/orderItems"))
                .isEqualTo(json("[{\"orderItemId\":\"70011223344551\",\"quantity\":2}]"));
    }

    @Test
    void a_parcel_that_is_there_is_not_told_again() {
        ObjectNode order = order();
        order.putArray("packages")
                .addObject()
                .put("packageReferenceId", Shipments.reference("shipment-1"))
                .put("trackingNumber", "1Z999")
                .putArray("packageItems")
                .addObject()
                .put("orderItemId", "70011223344551")
                .put("quantity", 2);
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order)));

        assertThat(done(adapter.confirm(account, shipment("UPS", 2))))
                .isEqualTo(new Settled("the channel shows the parcel", Shipments.reference("shipment-1")));
    }

    @Test
    void more_units_than_amazon_waits_for_are_refused_before_they_are_told() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order())));

        assertThat(adapter.confirm(account, shipment("UPS", 4)))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("NOTHING_TO_FULFILL"));
    }

    @Test
    void a_cancellation_is_a_feed_that_is_followed_until_the_order_shows_it() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order())));
        feedIsDone("F1", "");

        Underway told = underway(adapter.cancel(account, "114-2233445-6677889", "out of stock", null));
        Underway working = underway(adapter.cancel(account, "114-2233445-6677889", "out of stock", told.progress()));
        Underway waiting = underway(adapter.cancel(account, "114-2233445-6677889", "out of stock", working.progress()));
        ObjectNode cancelled = order();
        ((ObjectNode) cancelled.path("fulfillment")).put("fulfillmentStatus", "CANCELLED");
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(cancelled)));

        assertThat(told.progress()).isEqualTo("feed|F1");
        assertThat(working.progress()).isEqualTo("feed|F1");
        assertThat(waiting.progress()).isEqualTo("done|F1|1");
        assertThat(done(adapter.cancel(account, "114-2233445-6677889", "out of stock", waiting.progress())))
                .isInstanceOf(Settled.class);
        assertThat(amazon.calls("PUT", "/upload").getFirst().body())
                .isEqualTo(Feeds.file(
                        List.of("order-id", "amazon-order-item-code", "cancellation-reason-code"),
                        List.of(List.of("114-2233445-6677889", "70011223344551", "NoInventory"))));
        assertThat(amazon.calls("POST", FEEDS).getFirst().json()).isEqualTo(json("""
                {"feedType":"POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA","inputFeedDocumentId":"D1",
                 "marketplaceIds":["ATVPDKIKX0DER"]}
                """));
    }

    @Test
    void a_cancellation_that_the_feed_reports_as_wrong_is_refused_with_its_words() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order())));
        feedIsDone("F1", "1\t114-2233445-6677889\t18028\tError\tThe item has shipped.\n");

        assertThat(adapter.cancel(account, "114-2233445-6677889", "out of stock", "feed|F1"))
                .isInstanceOf(Done.class);
        assertThat(adapter.cancel(account, "114-2233445-6677889", "out of stock", "feed|F1"))
                .isEqualTo(new Refused<>("FEED_REJECTED", "18028: The item has shipped."));
    }

    @Test
    void a_pending_order_is_cancelled_later() {
        ObjectNode order = order();
        ((ObjectNode) order.path("fulfillment")).put("fulfillmentStatus", "PENDING");
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order)));

        assertThat(adapter.cancel(account, "114-2233445-6677889", "out of stock", null))
                .isInstanceOf(TryAgain.class);
    }

    @Test
    void a_refund_is_settled_by_the_books() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order()))).on("GET", BOOKS, ok(books("R0", 5.00)));
        feedIsDone("F1", "");

        Underway ready = underway(adapter.refund(account, KEY, demand(), null));
        Underway submitted = underway(adapter.refund(account, KEY, demand(), ready.progress()));
        Underway working = underway(adapter.refund(account, KEY, demand(), submitted.progress()));
        Underway booked = underway(adapter.refund(account, KEY, demand(), working.progress()));
        amazon.on("GET", BOOKS, ok(books("R0", 5.00, "R1", 25.71)));

        assertThat(done(adapter.refund(account, KEY, demand(), booked.progress())))
                .isEqualTo(new Settled("the channel's books show the refund", "R1"));
        assertThat(amazon.calls("POST", FEEDS)).hasSize(1);
        assertThat(amazon.calls("PUT", "/upload").getFirst().body())
                .contains("item-price-adj\titem-tax-adj\tshipping-price-adj\tadjustment-reason-code\tcurrency\n")
                .endsWith("114-2233445-6677889\t70011223344551\t19.33\t1.39\t4.99\tCustomerReturn\tUSD\n");
    }

    @Test
    void a_refund_whose_submission_may_have_left_is_never_submitted_again() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order()))).on("GET", BOOKS, ok(books()));
        feedIsDone("F1", "");
        Underway ready = underway(adapter.refund(account, KEY, demand(), null));
        amazon.on("POST", FEEDS, lost());

        Underway lost = underway(adapter.refund(account, KEY, demand(), ready.progress()));
        Underway waiting = underway(adapter.refund(account, KEY, demand(), lost.progress()));
        amazon.on("GET", BOOKS, ok(books("R1", 25.71)));

        assertThat(lost.progress()).startsWith("lost|");
        assertThat(done(adapter.refund(account, KEY, demand(), waiting.progress())))
                .isInstanceOf(Settled.class);
        assertThat(amazon.calls("POST", FEEDS)).hasSize(1);
    }

    @Test
    void after_a_restart_amazon_is_asked_whether_the_submission_left() {
        amazon.on("GET", ORDER, ok("{\"order\":%s}".formatted(order()))).on("GET", BOOKS, ok(books()));
        feedIsDone("F1", "");
        String ready = underway(adapter.refund(account, KEY, demand(), null)).progress();
        amazon.on("GET", FEEDS, ok("{\"feeds\":[]}"));

        Underway submitted = underway(adapter(client).refund(account, KEY, demand(), ready));
        amazon.on("GET", FEEDS, ok("""
                {"feeds":[{"feedId":"F9","feedType":"POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA","processingStatus":"DONE"}]}
                """));
        Underway doubtful = underway(adapter(client).refund(account, KEY, demand(), ready));

        assertThat(submitted.progress()).startsWith("feed|F1");
        assertThat(doubtful.progress()).startsWith("lost|");
    }

    @Test
    void a_new_listing_is_put_whole_and_without_a_number() {
        amazon.on("PUT", ITEM, ok("""
                {"sku":"MUG 1/RED","status":"ACCEPTED","submissionId":"s1","identifiers":[{"asin":"B0EXAMPLE1"}]}
                """));

        Map<String, ListingAnswer> answers = done(adapter.put(account, listing(true)));

        assertThat(answers.get("offer-1"))
                .asInstanceOf(type(ListingAnswer.Accepted.class))
                .satisfies(accepted -> assertThat(accepted.ids().productId()).isEqualTo("B0EXAMPLE1"));
        JsonNode body = amazon.calls("PUT", ITEM).getFirst().json();
        assertThat(body.path("productType").asText()).isEqualTo("MUG");
        assertThat(body.path("requirements").asText()).isEqualTo("LISTING");
        JsonNode attributes = body.path("attributes");
        assertThat(attributes.has("fulfillment_availability")).isFalse();
        assertThat(attributes.path("item_name")).isEqualTo(json("""
                [{"marketplace_id":"ATVPDKIKX0DER","value":"Enamel mug","language_tag":"en_US"}]
                """));
        assertThat(attributes.path("purchasable_offer")).isEqualTo(json("""
                [{"marketplace_id":"ATVPDKIKX0DER","currency":"USD","our_price":[{"schedule":[{"value_with_tax":19.99}]}]}]
                """));
        assertThat(attributes
                        .at("/externally_assigned_product_identifier/0/type")
                        .asText())
                .isEqualTo("ean");
        assertThat(attributes.path("bullet_point")).hasSize(2);
        assertThat(attributes.at("/color/0/value").asText()).isEqualTo("Red");
        assertThat(attributes.at("/main_product_image_locator/0/media_location").asText())
                .isEqualTo("https://img.example/1.jpg");
    }

    @Test
    void a_listing_that_is_there_is_changed_and_keeps_its_number() {
        amazon.on("GET", ITEM, ok("{\"sku\":\"MUG 1/RED\",\"summaries\":[]}")).on("PATCH", ITEM, ok("""
                {"sku":"MUG 1/RED","status":"INVALID","submissionId":"s1","issues":[
                 {"code":"4000001","message":"no","severity":"ERROR","categories":[]},
                 {"code":"99022","message":"hm","severity":"WARNING","categories":[]}]}
                """));

        Map<String, ListingAnswer> answers = done(adapter.put(account, listing(true)));

        assertThat(answers.get("offer-1"))
                .asInstanceOf(type(ListingAnswer.Rejected.class))
                .satisfies(rejected -> assertThat(rejected.issues())
                        .singleElement()
                        .satisfies(issue -> assertThat(issue.code()).isEqualTo("4000001")));
        assertThat(amazon.calls("PATCH", ITEM).getFirst().json().path("patches"))
                .allSatisfy(patch -> {
                    assertThat(patch.path("op").asText()).isEqualTo("replace");
                    assertThat(patch.path("path").asText()).isNotEqualTo("/attributes/fulfillment_availability");
                });
    }

    @Test
    void a_listing_off_sale_loses_its_price_and_nothing_else() {
        amazon.on("GET", ITEM, ok("{\"sku\":\"MUG 1/RED\",\"summaries\":[]}"))
                .on("PATCH", ITEM, ok("{\"sku\":\"MUG 1/RED\",\"status\":\"ACCEPTED\",\"submissionId\":\"s1\"}"));

        done(adapter.put(account, listing(false)));

        assertThat(amazon.calls("PATCH", ITEM).getFirst().json().path("patches"))
                .isEqualTo(json("""
                [{"op":"delete","path":"/attributes/purchasable_offer","value":[{"marketplace_id":"ATVPDKIKX0DER"}]}]
                """));
    }

    @Test
    void a_listing_is_live_once_it_says_what_it_should() {
        String shown = """
                {"sku":"MUG 1/RED","summaries":[{"marketplaceId":"ATVPDKIKX0DER","asin":"B0EXAMPLE1"}],"attributes":{
                 "item_name":[{"value":"%s"}],"purchasable_offer":[{"our_price":[{"schedule":[{"value_with_tax":19.990}]}]}]}}
                """;
        amazon.on(
                "GET",
                ITEM,
                ok(shown.formatted("Old mug")),
                ok(shown.formatted("Enamel mug")),
                error(404, "NOT_FOUND"));

        assertThat(done(adapter.read(account, listing(true))).get("offer-1"))
                .isInstanceOf(ListingAnswer.Accepted.class);
        assertThat(done(adapter.read(account, listing(true))).get("offer-1"))
                .isEqualTo(new ListingAnswer.Live(new ListingAnswer.Ids("B0EXAMPLE1", null, null)));
        assertThat(done(adapter.read(account, listing(true)))).isEmpty();
    }

    @Test
    void settings_are_complained_of_by_name_and_never_by_value() {
        Account odd = new Account(
                "a",
                "amazon",
                Map.of(
                        "base-url", "ftp://secret-value",
                        "token-url", "https://api.amazon.example/auth/o2/token",
                        "client-id", "x",
                        "client-secret", "secret-value",
                        "refresh-token", "secret-value",
                        "marketplace-id", "NOWHERE",
                        "rate.searchOrders", "secret-value",
                        "look-after", "secret-value"));

        assertThat(adapter.complaints(odd))
                .hasSize(5)
                .anyMatch(complaint -> complaint.contains("'seller-id'"))
                .anyMatch(complaint -> complaint.contains("'base-url'"))
                .anyMatch(complaint -> complaint.contains("'currency'"))
                .anyMatch(complaint -> complaint.contains("'rate.searchOrders'"))
                .anyMatch(complaint -> complaint.contains("'look-after'"))
                .noneMatch(complaint -> complaint.contains("secret-value"));
        assertThat(adapter.complaints(account)).isEmpty();
    }

    @Test
    void carriers_go_by_amazons_codes() {
        assertThat(Carriers.code("fedex")).isEqualTo("FedEx");
        assertThat(Carriers.code("United Parcel Service")).isEqualTo("UPS");
        assertThat(Carriers.code("Correct Couriers")).isEqualTo("Other");
    }

    private void feedIsDone(String id, String complaint) {
        amazon.on(
                        "POST",
                        DOCUMENTS,
                        new StubAmazon.Answer(
                                201,
                                "{\"feedDocumentId\":\"D1\",\"url\":\"%s/upload?sig=1\"}".formatted(amazon.address()),
                                Map.of()))
                .on("PUT", "/upload", ok(""))
                .on("POST", FEEDS, new StubAmazon.Answer(202, "{\"feedId\":\"%s\"}".formatted(id), Map.of()))
                .on(
                        "GET",
                        FEEDS + "/" + id,
                        ok("{\"feedId\":\"%s\",\"feedType\":\"X\",\"processingStatus\":\"IN_QUEUE\"}".formatted(id)),
                        ok(
                                "{\"feedId\":\"%s\",\"feedType\":\"X\",\"processingStatus\":\"DONE\",\"resultFeedDocumentId\":\"R1\"}"
                                        .formatted(id)))
                .on(
                        "GET",
                        DOCUMENTS + "/R1",
                        ok("{\"feedDocumentId\":\"R1\",\"url\":\"%s/upload-report\"}".formatted(amazon.address())))
                .on("GET", "/upload-report", ok("""
                                Feed Processing Summary:
                                \tNumber of records processed\t\t1

                                original-record-number\torder-id\terror-code\terror-type\terror-message
                                """ + complaint));
    }

    private static String books(Object... refunds) {
        StringBuilder transactions = new StringBuilder(
                "{\"transactionType\":\"Shipment\",\"transactionId\":\"T\",\"totalAmount\":{\"currencyCode\":\"USD\",\"currencyAmount\":66.43}}");
        for (int i = 0; i < refunds.length; i += 2) {
            transactions.append("""
                    ,{"transactionType":"Refund","transactionId":"T%1$s",
                     "relatedIdentifiers":[{"relatedIdentifierName":"REFUND_ID","relatedIdentifierValue":"%1$s"}],
                     "totalAmount":{"currencyCode":"USD","currencyAmount":-%2$s},
                     "breakdowns":[{"breakdownType":"Sales","breakdownAmount":{"currencyCode":"USD","currencyAmount":-%2$s},
                       "breakdowns":[{"breakdownType":"ProductCharges","breakdownAmount":{"currencyCode":"USD","currencyAmount":-%2$s}}]},
                      {"breakdownType":"Expenses","breakdownAmount":{"currencyCode":"USD","currencyAmount":2.5},
                       "breakdowns":[{"breakdownType":"AmazonFees","breakdownAmount":{"currencyCode":"USD","currencyAmount":2.5}}]}]}
                    """.formatted(refunds[i], refunds[i + 1]));
        }
        return "{\"payload\":{\"transactions\":[%s]}}".formatted(transactions);
    }

    private static RefundDemand demand() {
        return new RefundDemand(
                "114-2233445-6677889",
                "refund-1",
                null,
                usd(2571),
                usd(499),
                "SIZE_TOO_SMALL",
                List.of(new RefundDemand.Line("70011223344551", 1, usd(2072), usd(139))));
    }

    private static ShipmentConfirmation shipment(String carrier, int units) {
        return new ShipmentConfirmation(
                "114-2233445-6677889", "shipment-1", carrier, "1Z999", null, Map.of("70011223344551", units), Map.of());
    }

    private static ListingWrite listing(boolean active) {
        return new ListingWrite(
                "product-1",
                List.of(new ListingWrite.Variant(
                        "offer-1",
                        new OfferAddress("MUG 1/RED", null, null, null),
                        active,
                        new Content(
                                "product-1",
                                "Enamel mug",
                                "A mug.",
                                "Mugs & Co",
                                "MUG",
                                "4006381333931",
                                usd(1999),
                                List.of("Holds 300 ml", "Red"),
                                List.of("https://img.example/1.jpg", "https://img.example/2.jpg"),
                                List.of(new Option("Color", "Red")),
                                Map.of("material", "enamel")))));
    }

    private static QuantityWrite write(int quantity) {
        return new QuantityWrite(PLACE, quantity, 3, 1);
    }

    private OptionalLong read() {
        return done(adapter.readQuantities(account, List.of(PLACE))).getOrDefault(PLACE, OptionalLong.of(-1));
    }

    private static ObjectNode order() {
        return OrderTranslationTest.recorded();
    }

    private static String page(@org.jspecify.annotations.Nullable String next, String... orders) {
        return "{\"orders\":[%s],%s\"lastUpdatedBefore\":\"2026-11-23T09:58:00Z\"}"
                .formatted(
                        String.join(",", orders),
                        next == null ? "" : "\"pagination\":{\"nextToken\":\"%s\"},".formatted(next));
    }

    private JsonNode json(String text) {
        try {
            return amazon.mapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Money usd(long minor) {
        return new Money(minor, "USD");
    }

    private static Underway underway(Outcome<ActAnswer> outcome) {
        return (Underway) done(outcome);
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return ((Done<T>) outcome).value();
    }
}
