package io.hubline.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.amazon.AmazonContract;
import io.hubline.sandbox.amazon.AmazonControl;
import io.hubline.sandbox.amazon.Selling;
import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.launcher.Progress;
import io.hubline.sandbox.launcher.Supervisor;
import io.hubline.sandbox.shopify.Control;
import io.hubline.sandbox.shopify.SimulatorControl;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Goal: a product goes all the way: from a sheet to both channels, to buyers, and back onto the shelf.
/// Method: only the hub's own APIs and what buyers can do at the channels; looked at from both sides.
class ProductJourney {

    private static final String SHOP = "shop-a";
    private static final String SELLER = "amazon-us";
    private static final String SKU = "LAMP-1";
    private static final String LOCATION = "RENO";
    private static final int STOCK = 12;
    // Amazon lists an order two minutes after it changed.
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Supervisor running;

    @Test
    void a_product_of_a_sheet_is_listed_sold_returned_restocked_and_refunded_at_both_channels()
            throws IOException, InterruptedException {
        Progress progress = new Progress(System.out);
        try (Supervisor hub = Supervisor.overFreshData(Hub.ofEnvironment(), progress, 21);
                SimulatorControl shops = new SimulatorControl(hub.urlOf(Hub.SIMULATOR), hub.controlToken());
                AmazonControl amazon = new AmazonControl(hub.urlOf(Hub.SIMULATOR), hub.controlToken())) {
            running = hub;
            hub.start();
            amazon.placeExample(SELLER);
            String place = aPlaceOf(shops);
            warehouse();

            importSheet(place);
            await("both channels list it").atMost(WITHIN).until(() -> standing("LIVE") == 2);
            Control.ListedProduct page = lamp(shops);
            assertThat(page.title()).isEqualTo("Reading lamp");
            assertThat(page.descriptionHtml()).contains("A lamp to read by");
            assertThat(page.status()).isEqualTo("ACTIVE");
            assertThat(page.variants().getFirst().priceMinor()).isEqualTo(4_999);
            assertThat(amazon.listings(SELLER)).singleElement().satisfies(listed -> {
                assertThat(listed.sku()).isEqualTo(SKU);
                assertThat(listed.title()).isEqualTo("Reading lamp");
                assertThat(listed.priceMinor()).isEqualTo(5_499);
            });
            await("both channels show the stock")
                    .atMost(WITHIN)
                    .until(() -> shown(shops, amazon).equals(List.of(STOCK, STOCK)));

            String atShop = buyAtShop();
            String atAmazon =
                    amazon.place(SELLER, Selling.NewOrder.unshipped(SKU, 1)).id();
            JsonNode shopOrder = shipped(SHOP, atShop);
            JsonNode amazonOrder = shipped(SELLER, atAmazon);
            await("both channels know of the parcels")
                    .atMost(WITHIN)
                    .until(() -> shops.order(SHOP, atShop).state().equals("FULFILLED")
                            && amazon.order(SELLER, atAmazon).status().equals("SHIPPED"));
            assertThat(onHand()).isEqualTo(STOCK - 2);

            String lineItem = shops.order(SHOP, atShop).lines().getFirst().lineItemId();
            post(
                    hub.urlOf(Hub.SIMULATOR).resolve("/shops/%s/buyer/orders/%s/returns".formatted(SHOP, atShop)),
                    Map.of("lines", List.of(Map.of("lineItemId", lineItem, "quantity", 1, "reason", "UNWANTED"))),
                    null);
            post(
                    service("returns", "/returns"),
                    Map.of(
                            "returnId", "letter-1",
                            "orderId", amazonOrder.path("orderId").asText(),
                            "lines",
                                    List.of(Map.of(
                                            "lineId",
                                            amazonOrder.at("/lines/0/lineId").asText(),
                                            "quantity",
                                            1,
                                            "reason",
                                            "DEFECTIVE"))),
                    token());
            takeBack(returnOf(shopOrder));
            takeBack(returnOf(amazonOrder));

            await("both are closed")
                    .atMost(WITHIN)
                    .until(() -> returnsIn("CLOSED").size() == 2);
            assertThat(onHand()).isEqualTo(STOCK);
            await("both channels show the stock again")
                    .atMost(WITHIN)
                    .until(() -> shown(shops, amazon).equals(List.of(STOCK, STOCK)));
            assertThat(shops.refunds(SHOP))
                    .singleElement()
                    .satisfies(refund -> assertThat(refund.amountMinor())
                            .isEqualTo(paid(shopOrder))
                            .isPositive());
            assertThat(amazon.refunds(SELLER))
                    .singleElement()
                    .satisfies(refund -> assertThat(refund.minor())
                            .isEqualTo(paid(amazonOrder))
                            .isPositive());

            theExampleIsInTheBookFieldByField();
            everyExchangeKeptToTheVendorsContract(amazon);
        }
    }

    /// The example order of the simulator has the shape of the vendor's own example, see
    /// VendorContractTest.
    private void theExampleIsInTheBookFieldByField() throws IOException, InterruptedException {
        JsonNode example = read("/io/hubline/sandbox/amazon/order.json");
        String id = example.path("orderId").asText();
        String inTheBook = one(service("order", "/orders?account=%s&externalId=%s".formatted(SELLER, id)), _ -> true)
                .path("orderId")
                .asText();
        JsonNode order = get(service("order", "/orders/" + inTheBook));

        assertText(order, "channel", "amazon");
        assertText(order, "externalId", id);
        assertText(order, "number", id);
        assertThat(order.path("fulfilledByChannel").asBoolean()).isFalse();
        assertText(order, "placedAt", example.path("createdTime").asText());
        assertText(order, "channelUpdatedAt", example.path("lastUpdatedTime").asText());
        assertText(
                order,
                "shipBy",
                example.at("/fulfillment/shipByWindow/latestDateTime").asText());
        JsonNode address = example.at("/recipient/deliveryAddress");
        assertText(order, "destinationCountry", address.path("countryCode").asText());
        assertText(order, "destinationRegion", address.path("stateOrRegion").asText());
        assertText(
                order,
                "currency",
                example.at("/proceeds/grandTotal/currencyCode").asText());
        JsonNode proceeds = example.path("proceeds");
        assertThat(order.path("totalMinor").asLong()).isEqualTo(minor(proceeds.path("grandTotal")));
        assertThat(order.path("taxMinor").asLong()).isEqualTo(minor(part(proceeds, "TAX")));
        assertThat(order.path("shippingMinor").asLong()).isEqualTo(minor(part(proceeds, "SHIPPING")));
        assertThat(order.path("lines")).hasSameSizeAs(example.path("orderItems"));
        for (int at = 0; at < order.path("lines").size(); at++) {
            JsonNode line = order.path("lines").path(at);
            JsonNode item = example.path("orderItems").path(at);
            assertText(line, "channelLineId", item.path("orderItemId").asText());
            assertText(line, "channelSku", item.at("/product/sellerSku").asText());
            assertText(line, "title", item.at("/product/title").asText());
            assertThat(line.path("ordered").asInt())
                    .isEqualTo(item.path("quantityOrdered").asInt());
            assertThat(line.path("unitPriceMinor").asLong()).isEqualTo(minor(item.at("/product/price/unitPrice")));
            assertThat(line.path("taxMinor").asLong()).isEqualTo(minor(part(item.path("proceeds"), "TAX")));
            assertThat(line.path("paidMinor").asLong())
                    .isEqualTo(minor(part(item.path("proceeds"), "ITEM")) + minor(part(item.path("proceeds"), "TAX")));
        }

        JsonNode recipient = get(service("order", "/orders/" + inTheBook + "/recipient"));
        assertText(recipient, "name", address.path("name").asText());
        assertText(recipient, "line1", address.path("addressLine1").asText());
        assertText(recipient, "city", address.path("city").asText());
        assertText(recipient, "postalCode", address.path("postalCode").asText());
        assertText(recipient, "phone", address.path("phone").asText());
        assertText(recipient, "email", example.at("/buyer/buyerEmail").asText());
    }

    private static void assertText(JsonNode node, String field, String expected) {
        assertThat(node.path(field).asText()).as(field).isEqualTo(expected);
    }

    /// Where the vendor's contract is at hand; its absence is no failure of ours.
    private static void everyExchangeKeptToTheVendorsContract(AmazonControl amazon) throws InterruptedException {
        List<Selling.Exchange> journal = amazon.journal(SELLER);
        assertThat(journal).extracting(Selling.Exchange::operation).contains("searchOrders", "getOrder");
        AmazonContract.atHand()
                .ifPresent(contract -> assertThat(contract.violations(journal)).isEmpty());
    }

    private static JsonNode part(JsonNode proceeds, String type) {
        for (JsonNode breakdown : proceeds.path("breakdowns")) {
            if (breakdown.path("type").asText().equals(type)) {
                return breakdown.path("subtotal");
            }
        }
        return JSON.createObjectNode().put("amount", "0");
    }

    private static long minor(JsonNode money) {
        return new BigDecimal(money.path("amount").asText()).movePointRight(2).longValueExact();
    }

    private static JsonNode read(String resource) throws IOException {
        try (InputStream bytes = ProductJourney.class.getResourceAsStream(resource)) {
            return JSON.readTree(bytes);
        }
    }

    /// A shop without anything to sell has no place either.
    private static String aPlaceOf(SimulatorControl shops) throws InterruptedException {
        Control.NewVariant other =
                new Control.NewVariant("OTHER", "Default", 1_000, "DENY", List.of(new Control.NewStock("Main", 0)));
        return shops.create(
                        SHOP,
                        new Control.Catalogue(
                                List.of(new Control.NewProduct("Something else", "Somebody", List.of(other)))))
                .getFirst()
                .stock()
                .getFirst()
                .locationId();
    }

    private void warehouse() throws IOException, InterruptedException {
        put(
                service("routing", "/locations/" + LOCATION),
                Map.of("name", "Reno", "country", "US", "region", "NV", "enabled", true));
        put(
                service("routing", "/rates/all"),
                Map.of(
                        "locationId",
                        LOCATION,
                        "country",
                        "US",
                        "carrier",
                        "UPS",
                        "service",
                        "ground",
                        "baseMinor",
                        700,
                        "perUnitMinor",
                        100,
                        "currency",
                        "USD",
                        "transitDays",
                        3));
        post(
                service("inventory", "/stock/receipts"),
                Map.of(
                        "receiptId",
                        "first",
                        "lines",
                        List.of(Map.of("sku", SKU, "locationId", LOCATION, "quantity", STOCK))),
                token());
    }

    private void importSheet(String place) throws IOException, InterruptedException {
        String sheet = """
                product,sku,title,description,brand,productType,bullets,gtin,price,currency,offer:shopify:%1$s,location:%1$s,offer:amazon:%2$s,offerPrice:%2$s
                lamp,%3$s,Reading lamp,<p>A lamp to read by.</p>,Hubline,LAMP,Warm light|Long life,4006381333931,49.99,USD,%3$s,%4$s,%3$s,54.99
                """.formatted(SHOP, SELLER, SKU, place);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(service("catalog-pim", "/products/import"))
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(sheet))
                        .build(),
                BodyHandlers.ofString());
        JsonNode told = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(told.at("/products/created").asInt()).isEqualTo(1);
        assertThat(told.at("/offers/created").asInt()).isEqualTo(2);
        assertThat(told.path("errors")).isEmpty();
        assertThat(told.path("blocked")).isEmpty();
    }

    private long standing(String standing) throws IOException, InterruptedException {
        JsonNode offers = get(service("catalog-pim", "/offers?sku=" + SKU));
        long found = 0;
        for (JsonNode offer : offers.path("items")) {
            if (offer.at("/listing/standing").asText().equals(standing)) {
                found++;
            }
        }
        return found;
    }

    private static Control.ListedProduct lamp(SimulatorControl shops) throws InterruptedException {
        return shops.products(SHOP).stream()
                .filter(product -> product.variants().stream()
                        .anyMatch(variant -> variant.sku().equals(SKU)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> shown(SimulatorControl shops, AmazonControl amazon) throws InterruptedException {
        int atShop = shops.shown(SHOP).stream()
                .filter(level -> level.sku().equals(SKU))
                .mapToInt(Control.Shown::available)
                .findFirst()
                .orElse(-1);
        int atAmazon = amazon.shown(SELLER).stream()
                .filter(level -> level.sku().equals(SKU))
                .mapToInt(Selling.Shown::quantity)
                .findFirst()
                .orElse(-1);
        return List.of(atShop, atAmazon);
    }

    private String buyAtShop() throws IOException, InterruptedException {
        return post(
                        hub().urlOf(Hub.SIMULATOR).resolve("/shops/" + SHOP + "/buyer/orders"),
                        Map.of("lines", List.of(Map.of("sku", SKU, "quantity", 1))),
                        null)
                .path("id")
                .asText();
    }

    /// Waits until the order is in the pick queue, ships it, and answers it as it is then.
    private JsonNode shipped(String account, String externalId) throws IOException, InterruptedException {
        String shortId = externalId.substring(externalId.lastIndexOf('/') + 1);
        JsonNode order =
                one(service("order", "/orders?account=%s&externalId=%s".formatted(account, shortId)), _ -> true);
        String id = order.path("orderId").asText();
        JsonNode pick = one(
                service("order", "/pick-queue"),
                task -> task.path("orderId").asText().equals(id));
        JsonNode line = pick.path("lines").path(0);
        post(
                service("order", "/orders/" + id + "/shipments"),
                Map.of(
                        "shipmentId",
                        "parcel-" + id,
                        "locationId",
                        pick.path("locationId").asText(),
                        "carrier",
                        "UPS",
                        "trackingNumber",
                        "1Z999AA1012345678" + account.length(),
                        "lines",
                        List.of(Map.of(
                                "lineId", line.path("lineId").asText(),
                                "quantity", line.path("quantity").asInt()))),
                token());
        return get(service("order", "/orders/" + id));
    }

    private String returnOf(JsonNode order) {
        return one(
                        service(
                                "returns",
                                "/returns?orderId=" + order.path("orderId").asText()),
                        found -> found.path("state").asText().equals("OPEN"))
                .path("returnId")
                .asText();
    }

    private void takeBack(String returnId) throws IOException, InterruptedException {
        String line = get(service("returns", "/returns/" + returnId))
                .at("/lines/0/lineId")
                .asText();
        post(
                service("returns", "/returns/" + returnId + "/receipts"),
                Map.of(
                        "receiptId",
                        "in-" + returnId,
                        "locationId",
                        LOCATION,
                        "lines",
                        List.of(Map.of("lineId", line, "quantity", 1))),
                token());
        post(
                service("returns", "/returns/" + returnId + "/inspections"),
                Map.of(
                        "inspectionId",
                        "look-" + returnId,
                        "lines",
                        List.of(Map.of(
                                "lineId",
                                line,
                                "quantity",
                                1,
                                "condition",
                                "AS_NEW",
                                "disposition",
                                "RESTOCK",
                                "locationId",
                                LOCATION))),
                token());
    }

    private JsonNode returnsIn(String state) throws IOException, InterruptedException {
        return get(service("returns", "/returns?state=" + state)).path("items");
    }

    private int onHand() throws IOException, InterruptedException {
        return get(service("inventory", "/stock/" + SKU)).path("onHand").asInt();
    }

    /// What the buyer paid for the only line, as the order book has it.
    private static long paid(JsonNode order) {
        return order.at("/lines/0/paidMinor").asLong();
    }

    /// The first item of a list that fits, as soon as there is one.
    private JsonNode one(URI list, Predicate<JsonNode> fits) {
        return await("an item of " + list)
                .atMost(WITHIN)
                .until(() -> first(list, fits), found -> !found.isMissingNode());
    }

    private JsonNode first(URI list, Predicate<JsonNode> fits) throws IOException, InterruptedException {
        for (JsonNode item : get(list).path("items")) {
            if (fits.test(item)) {
                return item;
            }
        }
        return JSON.missingNode();
    }

    private Supervisor hub() {
        Supervisor hub = running;
        if (hub == null) {
            throw new IllegalStateException("the hub is not running");
        }
        return hub;
    }

    private URI service(String part, String path) {
        return hub().urlOf(part).resolve(path);
    }

    private String token() {
        return hub().token("operator", "catalog", "finance");
    }

    private JsonNode get(URI uri) throws IOException, InterruptedException {
        return call("GET", uri, null, token());
    }

    private JsonNode put(URI uri, Object body) throws IOException, InterruptedException {
        return call("PUT", uri, body, token());
    }

    private JsonNode post(URI uri, Object body, @Nullable String token) throws IOException, InterruptedException {
        return call("POST", uri, body, token);
    }

    private JsonNode call(String method, URI uri, @Nullable Object body, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, uri, answer.body())
                .isBetween(200, 299);
        return JSON.readTree(answer.body());
    }
}
