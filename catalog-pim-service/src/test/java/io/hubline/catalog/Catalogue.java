package io.hubline.catalog;

import io.hubline.testkit.Tokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls that tests make more than once.
public final class Catalogue {

    /// A shop's place of stock.
    public static final String PLACE = "gid://shopify/Location/1";

    // Made once: two threads of one process cannot make tokens at the same time.
    private static final String TOKEN = Tokens.of("catalog");

    private Catalogue() {}

    private static RequestSpecification asCatalogue() {
        return RestAssured.given().auth().oauth2(TOKEN);
    }

    /// A shirt with everything, in two sizes; its SKUs begin with the product's id.
    public static Map<String, Object> shirt(String productId) {
        Map<String, Object> body = new HashMap<>();
        body.put("title", "Shirt");
        body.put("description", "<p>A shirt.</p>");
        body.put("brand", "Plain");
        body.put("productType", "SHIRT");
        body.put("bullets", List.of("Cotton"));
        body.put("images", List.of("https://img.example/shirt.jpg"));
        body.put("attributes", Map.of("material", "cotton", "care", "wash"));
        body.put("variants", List.of(variant(productId + "-M", "M", 2099), variant(productId + "-L", "L", 2199)));
        return body;
    }

    /// A variant of some size.
    public static Map<String, Object> variant(String sku, String size, long minor) {
        Map<String, Object> variant = new HashMap<>();
        variant.put("sku", sku);
        variant.put("gtin", "4006381333931");
        variant.put("options", List.of(Map.of("name", "Size", "value", size)));
        variant.put("attributes", Map.of("care", "wash " + size));
        variant.put("price", Map.of("minor", minor, "currency", "USD"));
        return variant;
    }

    /// Puts a product.
    ///
    /// @param ifMatch null to send none
    public static ValidatableResponse put(String productId, Map<String, Object> body, @Nullable String ifMatch) {
        var request = asCatalogue().contentType(ContentType.JSON).body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .put("/products/{id}", productId)
                .then();
    }

    /// Puts an offer that the hub lists, at a shop's place of stock or at Amazon.
    public static ValidatableResponse list(String account, String channel, String channelSku, String sku) {
        return list(account, channel, channelSku, sku, Map.of());
    }

    /// The same with more fields.
    public static ValidatableResponse list(
            String account, String channel, String channelSku, String sku, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("sku", sku, "channel", channel, "managed", true));
        if (channel.equals("shopify")) {
            body.put("channelLocation", PLACE);
        }
        body.putAll(more);
        return asCatalogue()
                .contentType(ContentType.JSON)
                .body(body)
                .put("/offers/{account}/{channelSku}", account, channelSku)
                .then();
    }

    /// Reads a product.
    public static ValidatableResponse product(String productId) {
        return Tokens.as("viewer").get("/products/{id}", productId).then();
    }

    /// Reads an account's offers.
    public static ValidatableResponse offers(String account) {
        return Tokens.as("viewer").queryParam("account", account).get("/offers").then();
    }

    /// Sends a sheet.
    public static ValidatableResponse sheet(String csv, boolean dryRun) {
        return asCatalogue()
                .contentType("text/csv; charset=UTF-8")
                .queryParam("dryRun", dryRun)
                .body(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/products/import")
                .then();
    }

    /// A copy with some entries replaced.
    public static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        Map<String, Object> copy = new HashMap<>(body);
        copy.put(field, value);
        return copy;
    }
}
