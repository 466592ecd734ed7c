package io.hubline.connector.adapter.amazon;

import static io.hubline.connector.adapter.amazon.StubAmazon.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.adapter.amazon.StubAmazon.Call;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ListingWrite.Variant;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.ShipmentConfirmation;
import io.hubline.contracts.Money;
import io.hubline.contracts.catalog.ListingState.Content;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Goal: what the adapter sends is what the vendor's own contracts describe. Method: the calls as they
/// arrive at a stub, against the vendor's files where `HUBLINE_CHANNEL_SPECS` says that they are; without
/// them there is nothing to compare with.
class VendorContractTest {

    private final ObjectMapper json = new ObjectMapper();
    private final StubAmazon amazon = new StubAmazon();
    private final Account account = amazon.account();
    private final AmazonClient client =
            new AmazonClient(new OpenQuota(), InstantSource.system(), new SimpleMeterRegistry());
    private final @Nullable String specs = System.getenv("HUBLINE_CHANNEL_SPECS");

    @BeforeEach
    void need() {
        assumeTrue(specs != null && Files.isDirectory(Path.of(specs, "amazon", "models")));
    }

    @AfterEach
    void close() {
        client.close();
        amazon.close();
    }

    @Test
    void a_search_of_orders() throws IOException {
        String path = "/orders/2026-01-01/orders";
        amazon.on("GET", path, ok("{\"orders\":[]}"));

        new Orders(client).changed(account, Instant.EPOCH, null);

        compare("orders_2026-01-01", path, "get", amazon.calls("GET", path).getFirst());
    }

    @Test
    void a_number() throws IOException {
        String path = "/listings/2021-08-01/items/A1SELLER/SKU-1";

        new Quantities(client).set(account, new QuantityWrite(new Place("SKU-1", "DEFAULT"), 3, 2, 1));
        new Quantities(client).read(account, List.of(new Place("SKU-1", "DEFAULT")));

        String described = "/listings/2021-08-01/items/{sellerId}/{sku}";
        compare(
                "listingsItems_2021-08-01",
                described,
                "patch",
                amazon.calls("PATCH", path).getFirst());
        compare(
                "listingsItems_2021-08-01",
                described,
                "get",
                amazon.calls("GET", path).getFirst());
    }

    @Test
    void a_listing() throws IOException {
        String path = "/listings/2021-08-01/items/A1SELLER/SKU-1";
        Content content = new Content(
                "p",
                "Mug",
                "A mug.",
                "Mugs",
                "MUG",
                "4006381333931",
                new Money(1999, "USD"),
                List.of("Red"),
                List.of("https://img.example/1.jpg"),
                List.of(),
                Map.of());
        Listings listings = new Listings(client);
        Variant variant = new Variant("o", new OfferAddress("SKU-1", null, null, null), true, content);

        client.callRaw(account, listings.create(account, variant));
        client.callRaw(account, listings.change(account, variant));

        String described = "/listings/2021-08-01/items/{sellerId}/{sku}";
        compare(
                "listingsItems_2021-08-01",
                described,
                "put",
                amazon.calls("PUT", path).getFirst());
        compare(
                "listingsItems_2021-08-01",
                described,
                "patch",
                amazon.calls("PATCH", path).getFirst());
    }

    @Test
    void a_parcel() throws IOException {
        String path = "/orders/v0/orders/114-2233445-6677889/shipmentConfirmation";
        amazon.on(
                "GET",
                "/orders/2026-01-01/orders/114-2233445-6677889",
                ok("{\"order\":%s}".formatted(OrderTranslationTest.recorded())));
        Shipments shipments = new Shipments(client, new Orders(client), InstantSource.system());

        shipments.confirm(
                account,
                new ShipmentConfirmation(
                        "114-2233445-6677889", "s", "Couriers", "1Z", null, Map.of("70011223344551", 1), Map.of()));

        compare(
                "ordersV0",
                "/orders/v0/orders/{orderId}/shipmentConfirmation",
                "post",
                amazon.calls("POST", path).getFirst());
    }

    @Test
    void a_feed() throws IOException {
        Feeds feeds = new Feeds(client);

        feeds.prepare(account, "a\tb\n");
        feeds.submit(account, Refunds.FEED, "D1");
        feeds.since(account, Refunds.FEED, Instant.EPOCH);

        String base = "/feeds/2021-06-30/";
        compare(
                "feeds_2021-06-30",
                base + "documents",
                "post",
                amazon.calls("POST", base + "documents").getFirst());
        compare(
                "feeds_2021-06-30",
                base + "feeds",
                "post",
                amazon.calls("POST", base + "feeds").getFirst());
        compare(
                "feeds_2021-06-30",
                base + "feeds",
                "get",
                amazon.calls("GET", base + "feeds").getFirst());
    }

    private void compare(String model, String path, String method, Call call) throws IOException {
        JsonNode contract = json.readTree(Path.of(String.valueOf(specs), "amazon", "models", model + ".json")
                .toFile());
        JsonNode operation = contract.path("paths").path(path).path(method);
        assertThat(operation.isObject()).as("%s %s", method, path).isTrue();
        List<String> complaints = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "query" -> {
                    known.add(name);
                    @Nullable String value = call.query().get(name);
                    if (value == null && parameter.path("required").asBoolean()) {
                        complaints.add("the parameter %s is missing".formatted(name));
                    }
                    if (value != null) {
                        words(parameter, value, name, complaints);
                    }
                }
                case "body" -> fits(contract, parameter.path("schema"), call.json(), "", complaints);
                default -> {
                    // A part of the path: it matched.
                }
            }
        }
        call.query().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> complaints.add("the parameter %s is not known".formatted(name)));
        assertThat(complaints).isEmpty();
    }

    private static void words(JsonNode parameter, String value, String name, List<String> complaints) {
        JsonNode allowed = parameter.has("enum") ? parameter.path("enum") : parameter.at("/items/enum");
        if (allowed.isArray()) {
            List<String> words = allowed.valueStream().map(JsonNode::asText).toList();
            for (String word : value.split(",", -1)) {
                if (!words.contains(word)) {
                    complaints.add("%s may not be %s".formatted(name, word));
                }
            }
        }
    }

    private static void fits(JsonNode contract, JsonNode schema, JsonNode value, String at, List<String> complaints) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replace("#/definitions/", "");
            fits(contract, contract.path("definitions").path(name), value, at, complaints);
            return;
        }
        switch (schema.path("type").asText("object")) {
            case "object" -> {
                if (!value.isObject()) {
                    complaints.add(at + " is no object");
                    return;
                }
                schema.path("required").forEach(name -> {
                    if (!value.has(name.asText())) {
                        complaints.add(at + "/" + name.asText() + " is missing");
                    }
                });
                if (schema.has("properties")) {
                    value.properties().forEach(field -> {
                        JsonNode described = schema.path("properties").path(field.getKey());
                        if (described.isMissingNode()) {
                            complaints.add(at + "/" + field.getKey() + " is not known");
                        } else {
                            fits(contract, described, field.getValue(), at + "/" + field.getKey(), complaints);
                        }
                    });
                }
            }
            case "array" -> {
                if (!value.isArray()) {
                    complaints.add(at + " is no list");
                }
                value.forEach(each -> fits(contract, schema.path("items"), each, at + "/-", complaints));
            }
            case "string" -> {
                if (!value.isTextual()) {
                    complaints.add(at + " is no text");
                } else if (schema.has("enum")) {
                    words(schema, value.asText(), at, complaints);
                }
            }
            case "integer" -> {
                if (!value.isIntegralNumber()) {
                    complaints.add(at + " is no whole number");
                }
            }
            default -> {
                // Nothing else occurs in what is sent.
            }
        }
    }
}
