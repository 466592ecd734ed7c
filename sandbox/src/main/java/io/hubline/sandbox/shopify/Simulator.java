package io.hubline.sandbox.shopify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hubline.sandbox.shopify.SimulatorConfig.ShopConfig;
import io.hubline.sandbox.shopify.admin.AccessTokens;
import io.hubline.sandbox.shopify.admin.AdminApi;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.ShopProfile;
import io.hubline.sandbox.shopify.webhook.Outbound;
import io.hubline.sandbox.shopify.webhook.Postman;
import io.hubline.sandbox.shopify.webhook.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The running simulator: one HTTP server for all its shops.
///
/// `/shops/{shop}/admin/...` is the vendor's, `/shops/{shop}/buyer/...` the storefront's, `/control/...` the
/// demo's.
public final class Simulator implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

    private static final int WAITING_CONNECTIONS = 512;
    private static final List<ShopEvent> DECLARED = List.of(
            ShopEvent.ORDERS_CREATE, ShopEvent.ORDERS_UPDATED, ShopEvent.ORDERS_CANCELLED, ShopEvent.ORDERS_FULFILLED);

    static {
        // Without it, small answers wait for the reader's delayed acknowledgement, 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final SimulatorConfig config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Postman postman = new Postman(threads);
    private final Map<String, SimulatedShop> shops = new LinkedHashMap<>();
    private final HttpServer server;

    private Simulator(SimulatorConfig config, int port, InstantSource clock) throws IOException {
        this.config = config;
        for (int i = 0; i < config.shops().size(); i++) {
            ShopConfig shop = config.shops().get(i);
            shops.put(shop.name(), open(shop, i, clock));
        }
        this.server = HttpServer.create(new InetSocketAddress(config.bind(), port), WAITING_CONNECTIONS);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
    }

    /// Opens all shops and listens. Port 0 takes a free one.
    public static Simulator start(SimulatorConfig config, int port, InstantSource clock) throws IOException {
        Simulator simulator = new Simulator(config, port, clock);
        simulator.server.start();
        return simulator;
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

    /// Where the simulator listens.
    public URI uri() {
        return URI.create(
                "http://%s:%d".formatted(config.bind(), server.getAddress().getPort()));
    }

    /// The base address of one shop, to which the vendor's paths are appended.
    public URI shop(String name) {
        return uri().resolve("/shops/" + name);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange, segments(exchange));
            } catch (Answers.Refused refused) {
                Answers.refuse(exchange, refused.status(), String.valueOf(refused.getMessage()));
            } catch (UncheckedIOException | IllegalStateException broken) {
                LOG.log(System.Logger.Level.ERROR, "the simulator broke", broken);
                Answers.refuse(exchange, 500, "the simulator broke: " + broken.getMessage());
            }
        }
    }

    private void route(HttpExchange exchange, List<String> path) throws IOException {
        if (path.isEmpty() || path.equals(List.of("health"))) {
            Answers.send(exchange, 200, Map.of("status", "UP", "shops", List.copyOf(shops.keySet())));
        } else if (!path.isEmpty() && path.getFirst().equals("control")) {
            control(exchange, path.subList(1, path.size()));
        } else if (path.size() > 2 && path.getFirst().equals("shops") && shops.containsKey(path.get(1))) {
            shop(exchange, shop(path, 1), path.subList(2, path.size()));
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
        } else if (path.size() == 4
                && path.subList(0, 2).equals(List.of("buyer", "orders"))
                && path.get(3).equals("cancellation")) {
            BuyerEdge.cancel(exchange, shop, path.get(2));
        } else {
            Answers.send(exchange, 404, Map.of("errors", "Not Found"));
        }
    }

    private void control(HttpExchange exchange, List<String> path) throws IOException {
        if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                || !tokenFits(exchange.getRequestHeaders().getFirst(SimulatorControl.TOKEN_HEADER))) {
            throw new Answers.Refused(401, "the control API needs its token, from this machine");
        }
        if (path.equals(List.of("shops"))) {
            Answers.demand(exchange, "GET");
            Answers.send(exchange, 200, List.copyOf(shops.keySet()));
        } else if (path.size() > 1 && path.getFirst().equals("shops") && shops.containsKey(path.get(1))) {
            new ControlEdge(shop(path, 1)).serve(exchange, path.subList(2, path.size()));
        } else {
            throw new Answers.Refused(404, "the control API has no /" + String.join("/", path));
        }
    }

    private SimulatedShop shop(List<String> path, int at) {
        SimulatedShop shop = shops.get(path.get(at));
        if (shop == null) {
            throw new Answers.Refused(404, "there is no shop " + path.get(at));
        }
        return shop;
    }

    private boolean tokenFits(@Nullable String offered) {
        return offered != null
                && MessageDigest.isEqual(
                        config.controlToken().getBytes(StandardCharsets.UTF_8),
                        offered.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> segments(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getPath().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        postman.close();
    }
}
