package io.hubline.sandbox.shopify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.hubline.sandbox.shopify.DocumentCheck;
import io.hubline.sandbox.shopify.store.BuyOutcome.Bought;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.SettableClock;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.ShopProfile;
import io.hubline.sandbox.shopify.store.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class OrderBodyTest {

    /// Vendor fields that its condensed public sample leaves out.
    private static final Set<String> BEYOND_THE_SAMPLE = Set.of("/note");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ShopProfile profile = ShopProfile.of("alpha", 0, 1);
    private final Shop shop = new Shop(profile, new SettableClock(), (event, order) -> {});
    private final PlacedOrder order = placed();

    @Test
    void amounts_are_text_ids_are_numbers_and_times_have_the_shops_offset() throws IOException {
        JsonNode body = JSON.readTree(OrderBody.of(order, profile));

        assertThat(body.path("id").longValue()).isEqualTo(order.id());
        assertThat(body.path("total_price").textValue()).isEqualTo("26.20");
        assertThat(body.path("created_at").textValue()).isEqualTo("2026-11-23T07:00:00-05:00");
        assertThat(body.path("line_items")
                        .get(0)
                        .path("price_set")
                        .path("shop_money")
                        .path("amount")
                        .textValue())
                .isEqualTo("10.00");
        assertThat(body.path("fulfillment_status").isNull()).isTrue();
    }

    @Test
    void the_body_has_the_keys_and_types_of_the_vendors_sample() throws IOException {
        Path sample = DocumentCheck.vendorSchema()
                .map(schema -> schema.resolveSibling("webhook-orders-create.sample.json"))
                .filter(Files::isRegularFile)
                .orElse(null);
        Assumptions.assumeTrue(sample != null, "the vendor's sample is not at hand: set " + DocumentCheck.SPECS);
        JsonNode vendor = JSON.readTree(Files.readString(sample)).path("body");
        JsonNode ours = JSON.readTree(OrderBody.of(order, profile));
        List<String> differences = new ArrayList<>();

        compare("", vendor, ours, differences);

        assertThat(differences).isEmpty();
    }

    private static void compare(String path, JsonNode vendor, JsonNode ours, List<String> differences) {
        if (vendor.isNull() || ours.isNull()) {
            return;
        }
        if (vendor.getNodeType() != ours.getNodeType()) {
            differences.add("%s is %s there and %s here".formatted(path, vendor.getNodeType(), ours.getNodeType()));
        } else if (vendor.getNodeType() == JsonNodeType.OBJECT) {
            vendor.fieldNames().forEachRemaining(name -> {
                if (ours.has(name)) {
                    compare(path + "/" + name, vendor.get(name), ours.get(name), differences);
                } else {
                    differences.add(path + "/" + name + " is missing here");
                }
            });
            ours.fieldNames().forEachRemaining(name -> {
                if (!vendor.has(name) && !BEYOND_THE_SAMPLE.contains(path + "/" + name)) {
                    differences.add(path + "/" + name + " is unknown there");
                }
            });
        } else if (vendor.isArray() && !vendor.isEmpty() && !ours.isEmpty()) {
            compare(path + "/0", vendor.get(0), ours.get(0), differences);
        }
    }

    private PlacedOrder placed() {
        Product product = shop.addProduct("Reading lamp", "Acme");
        Variant variant = shop.addVariant(product.id(), "Black", "LAMP", 1000, Variant.Policy.DENY);
        shop.stock(variant.inventoryItemId(), shop.location("Main").id(), 10);
        return ((Bought) shop.buy(List.of(new Shop.Wanted(variant, 2)), new People(1).person(1), null)).order();
    }
}
