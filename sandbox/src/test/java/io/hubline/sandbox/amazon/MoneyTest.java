package io.hubline.sandbox.amazon;

import static io.hubline.sandbox.amazon.SellingPartner.MARKETPLACE;
import static io.hubline.sandbox.amazon.SellingPartner.SELLER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.amazon.SellingPartner.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Feeds, the refunds and cancellations that they carry, and the transactions that follow.
class MoneyTest {

    private static final String TYPE = "text/tab-separated-values; charset=UTF-8";
    private static final String CANCELS = "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA";
    private static final String REFUNDS = "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA";
    private static final String REFUND_HEADER =
            "order-id\torder-item-id\tadjustment-reason-code\tcurrency\titem-price-adj\titem-tax-adj\tshipping-price-adj\n";

    private SellingPartner partner;
    private Selling.Order order;
    private String lamp;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        partner = new SellingPartner();
        partner.control.offer(SELLER, List.of(Selling.NewListing.merchant("LAMP", "Reading lamp", 1000, 10)));
        order = partner.control.place(SELLER, new Selling.NewOrder(List.of(new Selling.Line("LAMP", 2)), 0L, 499L));
        lamp = order.lines().getFirst().orderItemId();
    }

    @AfterEach
    void close() {
        partner.close();
    }

    private void ship(int units) throws IOException, InterruptedException {
        Answer answer = partner.call("POST", "/orders/v0/orders/" + order.id() + "/shipmentConfirmation", """
                {"marketplaceId": "%s", "packageDetail": {"packageReferenceId": "1", "carrierCode": "UPS",
                 "trackingNumber": "1Z", "shipDate": "%s", "orderItems": [{"orderItemId": "%s", "quantity": %d}]}}""".formatted(
                        MARKETPLACE, partner.clock.instant(), lamp, units));
        assertThat(answer.status()).as(answer.error()).isEqualTo(204);
    }

    private JsonNode document() throws IOException, InterruptedException {
        Answer answer = partner.call("POST", "/feeds/2021-06-30/documents", "{\"contentType\":\"%s\"}".formatted(TYPE));
        assertThat(answer.status()).isEqualTo(201);
        return answer.body();
    }

    private Answer feed(String type, String documentId) throws IOException, InterruptedException {
        return partner.call(
                "POST",
                "/feeds/2021-06-30/feeds",
                "{\"feedType\":\"%s\",\"marketplaceIds\":[\"%s\"],\"inputFeedDocumentId\":\"%s\"}"
                        .formatted(type, MARKETPLACE, documentId));
    }

    /// Carries a file out; answers the report.
    private String process(String type, String text, String stage) throws IOException, InterruptedException {
        JsonNode document = document();
        assertThat(partner.plain("PUT", document.path("url").asText(), text, TYPE)
                        .statusCode())
                .isEqualTo(200);
        Answer created = feed(type, document.path("feedDocumentId").asText());
        assertThat(created.status()).as(created.error()).isEqualTo(202);
        String path = "/feeds/2021-06-30/feeds/" + created.body().path("feedId").asText();
        String queued = partner.get(path).body().path("processingStatus").asText();
        partner.clock.forward(Duration.ofSeconds(1));
        String working = partner.get(path).body().path("processingStatus").asText();
        partner.clock.forward(Duration.ofSeconds(1));
        JsonNode done = partner.get(path).body();
        assertThat(List.of(queued, working, done.path("processingStatus").asText()))
                .containsExactly("IN_QUEUE", "IN_PROGRESS", stage);
        JsonNode result = partner.get("/feeds/2021-06-30/documents/"
                        + done.path("resultFeedDocumentId").asText())
                .body();
        HttpResponse<String> report = partner.plain("GET", result.path("url").asText(), null, TYPE);
        assertThat(report.statusCode()).isEqualTo(200);
        return report.body();
    }

    private JsonNode transactions() throws IOException, InterruptedException {
        Answer answer = partner.get("/finances/2024-06-19/transactions?relatedIdentifierName=ORDER_ID"
                + "&relatedIdentifierValue=" + order.id());
        assertThat(answer.status()).as(answer.error()).isEqualTo(200);
        return answer.body().at("/payload/transactions");
    }

    private String refund(String price, String tax, String shipping) {
        return "%s\t%s\tCustomerReturn\tUSD\t%s\t%s\t%s\n".formatted(order.id(), lamp, price, tax, shipping);
    }

    @Test
    void a_shipment_is_posted_later_and_once() throws IOException, InterruptedException {
        ship(1);
        JsonNode early = transactions();
        partner.clock.forward(Duration.ofSeconds(1));
        JsonNode posted = transactions();
        ship(1);
        partner.clock.forward(Duration.ofSeconds(1));
        JsonNode edited = transactions();
        ship(2);
        partner.clock.forward(Duration.ofSeconds(1));

        assertThat(early).isEmpty();
        assertThat(posted).singleElement().satisfies(transaction -> {
            assertThat(transaction.path("transactionType").asText()).isEqualTo("Shipment");
            // One of two lamps at 10.00, 8 % tax, all of the shipping; less 15 % of goods and shipping.
            assertThat(transaction
                            .at("/breakdowns/0/breakdownAmount/currencyAmount")
                            .decimalValue())
                    .isEqualByComparingTo("15.79");
            assertThat(transaction.at("/totalAmount/currencyAmount").decimalValue())
                    .isEqualByComparingTo("13.54");
            assertThat(transaction.at("/items/0/contexts/0/quantityShipped").asInt())
                    .isEqualTo(1);
        });
        assertThat(edited).hasSize(1);
        assertThat(transactions()).hasSize(2);
    }

    @Test
    void a_refund_is_posted_and_bounded_by_what_was_charged() throws IOException, InterruptedException {
        ship(2);
        String report = process(
                REFUNDS,
                REFUND_HEADER + refund("10.00", "0.80", "") + refund("10.01", "", "") + refund("", "", "4.99"),
                "DONE");
        partner.clock.forward(Duration.ofSeconds(2));

        assertThat(report)
                .contains("Number of records processed\t\t3")
                .contains("Number of records successful\t\t2")
                .contains("\n2\t" + order.id() + "\t18028\tError\tThe adjustment exceeds");
        assertThat(transactions())
                .filteredOn(each -> each.path("transactionType").asText().equals("Refund"))
                .hasSize(2)
                .anySatisfy(refund -> {
                    assertThat(refund.at("/breakdowns/0/breakdowns/0/breakdownAmount/currencyAmount")
                                    .decimalValue())
                            .isEqualByComparingTo("-10.00");
                    assertThat(refund.at("/items/0/relatedIdentifiers/0/itemRelatedIdentifierValue")
                                    .asText())
                            .isEqualTo(lamp);
                });
        assertThat(partner.control.refunds(SELLER))
                .extracting(Selling.Refund::minor)
                .containsExactly(1080L, 499L);
        assertThat(partner.control.tally(SELLER).skus())
                .extracting(Selling.SkuTally::refundedMinor)
                .containsExactly(1579L);
    }

    @Test
    void nothing_is_refunded_that_was_not_charged() throws IOException, InterruptedException {
        String report = process(REFUNDS, REFUND_HEADER + refund("0.01", "", ""), "DONE");

        assertThat(report).contains("exceeds what is left");
        assertThat(partner.control.refunds(SELLER)).isEmpty();
    }

    @Test
    void wrong_rows_are_reported_one_by_one() throws IOException, InterruptedException {
        ship(2);
        String fits = refund("1.00", "", "");
        String report = process(
                REFUNDS,
                "TemplateType=PaymentAdjustment\tVersion=1.0\n" + REFUND_HEADER
                        + fits.replace(order.id(), "111-1111111-1111111")
                        + fits.replace(lamp, "99999999999999")
                        + fits.replace("CustomerReturn", "Because")
                        + fits.replace("USD", "EUR")
                        + fits.replace("1.00", "-1.00")
                        + fits.replace("1.00", "1.001")
                        + fits.replace("1.00", "one")
                        + refund("", "", "")
                        + fits,
                "DONE");

        assertThat(report).contains("processed\t\t9", "successful\t\t1");
        assertThat(report.lines().filter(line -> line.matches("[1-8]\t.*"))).hasSize(8);
    }

    @Test
    void a_file_that_cannot_be_read_is_fatal() throws IOException, InterruptedException {
        assertThat(process(REFUNDS, "order-id\tamount\n1\t2\n", "FATAL")).contains("'amount' is not known");
        assertThat(process(CANCELS, "order-id\n1\n", "FATAL")).contains("'cancellation-reason-code' is missing");
        assertThat(process(CANCELS, "", "FATAL")).contains("no header row");
    }

    @Test
    void an_order_or_an_item_is_cancelled() throws IOException, InterruptedException {
        Selling.Order other = partner.control.place(SELLER, Selling.NewOrder.unshipped("LAMP", 3));
        Selling.Order pending = partner.control.place(
                SELLER, new Selling.NewOrder(List.of(new Selling.Line("LAMP", 1)), 600_000L, null));
        String header = "order-id\tamazon-order-item-code\tcancellation-reason-code\n";
        String report = process(
                CANCELS,
                header
                        + "%s\t\tNoInventory\n".formatted(order.id())
                        + "%s\t%s\tBuyerCanceled\n"
                                .formatted(other.id(), other.lines().getFirst().orderItemId())
                        + "%s\t\tNoInventory\n".formatted(order.id())
                        + "%s\t\tNoInventory\n".formatted(pending.id())
                        + "%s\t\tRain\n".formatted(pending.id()),
                "DONE");

        assertThat(report).contains("processed\t\t5", "successful\t\t2", "canceled already", "is pending", "'Rain'");
        assertThat(partner.control.order(SELLER, order.id()).cancelledBy()).isEqualTo("MERCHANT");
        assertThat(partner.control.order(SELLER, other.id()).status()).isEqualTo("CANCELLED");
        assertThat(partner.control.tally(SELLER).ordersCancelledBySeller()).isEqualTo(2);
        assertThat(partner.control.shown(SELLER).getFirst().quantity()).isEqualTo(9);
    }

    @Test
    void what_has_shipped_is_not_cancelled() throws IOException, InterruptedException {
        ship(1);
        String report =
                process(CANCELS, "order-id\tcancellation-reason-code\n%s\tNoInventory\n".formatted(order.id()), "DONE");

        assertThat(report).contains("has shipped");
    }

    @Test
    void addresses_are_signed_and_end() throws IOException, InterruptedException {
        JsonNode document = document();
        String url = document.path("url").asText();
        String id = document.path("feedDocumentId").asText();

        assertThat(feed(REFUNDS, id).error()).contains("Nothing has been uploaded");
        assertThat(partner.plain("PUT", url + "0", "x", TYPE).statusCode()).isEqualTo(403);
        assertThat(partner.plain("PUT", url, "x", "text/plain").statusCode()).isEqualTo(403);
        assertThat(partner.plain("PUT", url, "order-id\n", TYPE).statusCode()).isEqualTo(200);
        assertThat(feed("POST_PRODUCT_DATA", id).status()).isEqualTo(400);
        assertThat(feed(REFUNDS, id).status()).isEqualTo(202);
        assertThat(feed(REFUNDS, id).error()).contains("used already");
        assertThat(partner.plain("PUT", url, "order-id\n", TYPE).statusCode()).isEqualTo(403);

        String late = document().path("url").asText();
        partner.clock.forward(Duration.ofMinutes(5));
        assertThat(partner.plain("PUT", late, "x", TYPE).statusCode()).isEqualTo(403);
        assertThat(feed(REFUNDS, "nothing").status()).isEqualTo(400);
        assertThat(partner.get("/feeds/2021-06-30/feeds/1").status()).isEqualTo(404);
        assertThat(partner.get("/feeds/2021-06-30/documents/1").status()).isEqualTo(404);
    }

    @Test
    void feeds_are_listed_newest_first() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            process(CANCELS, "order-id\tcancellation-reason-code\n", "DONE");
        }
        String query = "/feeds/2021-06-30/feeds?feedTypes=" + CANCELS + "&pageSize=2";
        JsonNode first = partner.get(query).body();
        JsonNode rest = partner.get(
                        query + "&nextToken=" + first.path("nextToken").asText())
                .body();

        assertThat(first.path("feeds")).hasSize(2);
        assertThat(rest.path("feeds")).hasSize(1);
        assertThat(rest.has("nextToken")).isFalse();
        assertThat(first.at("/feeds/0/feedId").asText())
                .isGreaterThan(first.at("/feeds/1/feedId").asText());
        assertThat(partner.get("/feeds/2021-06-30/feeds").status()).isEqualTo(400);
    }

    @Test
    void transactions_are_asked_for_strictly() throws IOException, InterruptedException {
        ship(2);
        partner.clock.forward(Duration.ofMinutes(5));
        String path = "/finances/2024-06-19/transactions?";

        assertThat(partner.get(path + "postedAfter=2026-11-23T00:00:00Z").body().at("/payload/transactions"))
                .hasSize(1);
        assertThat(partner.get(path + "postedAfter=2026-11-23T00:00:00Z&transactionStatus=DEFERRED")
                        .body()
                        .at("/payload/transactions"))
                .isEmpty();
        assertThat(partner.get(path + "postedAfter=2026-11-23T12:04:00Z").status())
                .isEqualTo(400);
        assertThat(partner.get(path + "relatedIdentifierName=ORDER_ID").status())
                .isEqualTo(400);
        assertThat(partner.get(path + "relatedIdentifierName=REFUND_ID&relatedIdentifierValue=1")
                        .status())
                .isEqualTo(400);
        assertThat(partner.get(path + "marketplaceId=" + MARKETPLACE).status()).isEqualTo(400);
        assertThat(partner.get(path + "orderId=1").status()).isEqualTo(400);
    }
}
