package io.hubline.sandbox.shopify.admin;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.shopify.admin.AdminApi.Operation;
import io.hubline.sandbox.shopify.store.BuyOutcome.Bought;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.Location;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.SettableClock;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.ShopListener;
import io.hubline.sandbox.shopify.store.ShopProfile;
import io.hubline.sandbox.shopify.store.Variant;
import io.hubline.sandbox.shopify.webhook.Outbound;
import io.hubline.sandbox.shopify.webhook.Postman;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A shop with its API, a clock to move, and everything it told.
final class ApiFixture implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    final SettableClock clock = new SettableClock();
    final List<ShopEvent> events = new ArrayList<>();
    private final Postman postman = new Postman(Runnable::run);
    private final ShopProfile profile = ShopProfile.of("alpha", 0, 1);
    private final Outbound outbound = new Outbound(profile, "secret", 1, clock, postman, Runnable::run);
    final Shop shop = new Shop(profile, clock, new Heard());
    final AdminApi api = new AdminApi(shop, outbound, Plan.PLUS, Duration.ZERO, clock, Thread::startVirtualThread);
    final Location main = shop.location("Main");

    private final class Heard implements ShopListener {

        @Override
        public void on(ShopEvent event, PlacedOrder order) {
            events.add(event);
            outbound.on(event, order);
        }

        @Override
        public void on(ShopEvent event, PlacedOrder order, Refund refund) {
            events.add(event);
            outbound.on(event, order, refund);
        }

        @Override
        public void on(ShopEvent event, PlacedOrder order, GoodsReturn goods) {
            events.add(event);
            outbound.on(event, order, goods);
        }
    }

    Variant variant(String sku, long priceMinor, int available) {
        Product product = shop.addProduct(sku, "Acme");
        Variant variant = shop.addVariant(product.id(), "One size", sku, priceMinor, Variant.Policy.DENY);
        shop.stock(variant.inventoryItemId(), main.id(), available);
        return variant;
    }

    PlacedOrder bought(Variant variant, int units) {
        return ((Bought) shop.buy(List.of(new Shop.Wanted(variant, units)), new People(1).person(1), null)).order();
    }

    PlacedOrder shipped(Variant variant, int units) {
        PlacedOrder order = bought(variant, units);
        shop.fulfill(
                List.of(new Shop.Shipped(order.fulfillmentOrders().getFirst().id(), List.of())),
                new PlacedOrder.Tracking("UPS", "1Z1", null));
        return now(order);
    }

    PlacedOrder now(PlacedOrder order) {
        return shop.order(order.id()).orElseThrow();
    }

    int shown(Variant variant) {
        return shop.levels(variant.inventoryItemId()).getFirst().available();
    }

    JsonNode run(String document, Object variables) {
        return JSON.valueToTree(api.execute(new Operation(document, JSON.convertValue(variables, OBJECT), null))
                .body());
    }

    static JsonNode at(JsonNode node, String pointer) {
        return node.at(JsonPointer.compile(pointer));
    }

    /// The texts under a name in each element of a list.
    static List<String> texts(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path(name).asText())
                .toList();
    }

    static List<String> path(JsonNode field) {
        return StreamSupport.stream(field.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Override
    public void close() {
        postman.close();
    }
}
