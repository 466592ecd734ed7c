package io.hubline.sandbox.shopify;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.shopify.ShopifyConfig.ShopConfig;
import io.hubline.sandbox.shopify.admin.AccessTokens;
import io.hubline.sandbox.shopify.admin.AdminApi;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.ShopProfile;
import io.hubline.sandbox.shopify.webhook.Outbound;
import io.hubline.sandbox.shopify.webhook.Postman;
import io.hubline.sandbox.shopify.webhook.Subscription;
import io.hubline.sandbox.simulator.Answers;
import io.hubline.sandbox.simulator.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Simulated Shopify shops: `/shops/{shop}/admin/...` is the vendor's, `/shops/{shop}/buyer/...` the
/// storefront's, `/control/shops/...` the demo's.
public final class ShopifyChannel implements Channel {

    private static final List<ShopEvent> DECLARED = List.of(
            ShopEvent.ORDERS_CREATE, ShopEvent.ORDERS_UPDATED, ShopEvent.ORDERS_CANCELLED, ShopEvent.ORDERS_FULFILLED);

    private final ShopifyConfig config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Postman postman = new Postman(threads);
    private final Map<String, SimulatedShop> shops = new LinkedHashMap<>();

    private ShopifyChannel(ShopifyConfig config, InstantSource clock) {
        this.config = config;
        for (int i = 0; i < config.shops().size(); i++) {
            ShopConfig shop = config.shops().get(i);
            shops.put(shop.name(), open(shop, i, clock));
        }
    }

    /// Opens all shops.
    public static ShopifyChannel open(ShopifyConfig config, InstantSource clock) {
        return new ShopifyChannel(config, clock);
    }

    private SimulatedShop open(ShopConfig wanted, int ordinal, InstantSource clock) {
        ShopProfile profile = ShopProfile.of(wanted.name(), ordinal, config.seed());
        Outbound outbound =
                new Outbound(profile, wanted.webhookSecret(), config.webhookTimeFactor(), clock, postman, threads);
        Shop shop = new Shop(profile, clock, outbound);
        URI target = wanted.webhookTarget();
        if (target != null) {
            DECLARED.forEach(event ->
                    outbound.subscribe(new Subscription(shop.nextId(), event, target, true, shop.now(), shop.now())));
        }
        return new SimulatedShop(
                wanted,
                shop,
                outbound,
                new AdminApi(shop, outbound, wanted.plan(), config.jobDelay(), clock, threads),
                new AccessTokens(config.tokenLifetime(), clock),
                new People(profile.seed()),
                new AtomicLong());
    }

    @Override
    public String root() {
        return "shops";
    }

    @Override
    public List<String> members() {
        return List.copyOf(shops.keySet());
    }

    @Override
    public void serve(HttpExchange exchange, List<String> path) throws IOException {
        if (path.size() > 1 && shops.containsKey(path.getFirst())) {
            shop(exchange, shop(path), path.subList(1, path.size()));
        } else {
            Answers.send(exchange, 404, Map.of("errors", "Not Found"));
        }
    }

    private static void shop(HttpExchange exchange, SimulatedShop shop, List<String> path) throws IOException {
        if (path.equals(List.of("admin", "oauth", "access_token"))) {
            AdminEdge.token(exchange, shop);
        } else if (path.size() == 4
                && path.subList(0, 2).equals(List.of("admin", "api"))
                && path.get(3).equals("graphql.json")) {
            AdminEdge.graphql(exchange, shop, path.get(2));
        } else if (path.equals(List.of("buyer", "orders"))) {
            BuyerEdge.buy(exchange, shop);
        } else if (path.size() == 3 && path.subList(0, 2).equals(List.of("buyer", "orders"))) {
            BuyerEdge.look(exchange, shop, path.get(2));
        } else if (path.size() == 4
                && path.subList(0, 2).equals(List.of("buyer", "orders"))
                && path.get(3).equals("cancellation")) {
            BuyerEdge.cancel(exchange, shop, path.get(2));
        } else if (path.size() == 4
                && path.subList(0, 2).equals(List.of("buyer", "orders"))
                && path.get(3).equals("returns")) {
            BuyerEdge.requestReturn(exchange, shop, path.get(2));
        } else {
            Answers.send(exchange, 404, Map.of("errors", "Not Found"));
        }
    }

    @Override
    public void control(HttpExchange exchange, List<String> path) throws IOException {
        if (path.isEmpty()) {
            Answers.demand(exchange, "GET");
            Answers.send(exchange, 200, members());
        } else if (shops.containsKey(path.getFirst())) {
            new ControlEdge(shop(path)).serve(exchange, path.subList(1, path.size()));
        } else {
            throw new Answers.Refused(404, "the control API has no /shops/" + String.join("/", path));
        }
    }

    private SimulatedShop shop(List<String> path) {
        SimulatedShop shop = shops.get(path.getFirst());
        if (shop == null) {
            throw new Answers.Refused(404, "there is no shop " + path.getFirst());
        }
        return shop;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        postman.close();
    }
}
