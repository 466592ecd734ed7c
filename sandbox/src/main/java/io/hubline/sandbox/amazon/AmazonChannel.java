package io.hubline.sandbox.amazon;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.amazon.api.ApiFaults;
import io.hubline.sandbox.amazon.api.LwaTokens;
import io.hubline.sandbox.amazon.api.Quotas;
import io.hubline.sandbox.amazon.api.SellingPartnerApi;
import io.hubline.sandbox.amazon.store.Seller;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.simulator.Answers;
import io.hubline.sandbox.simulator.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Simulated seller accounts: `/amazon/auth/o2/token` and the vendor's paths below `/amazon`,
/// `/amazon/documents/...` for uploaded files, `/amazon/stores/{seller}/buyer/...` for buyers,
/// `/control/amazon/...` for the demo. Which account a vendor's call is for, its token says.
public final class AmazonChannel implements Channel {

    private static final String ROOT = "amazon";

    private final Map<String, SimulatedSeller> sellers = new LinkedHashMap<>();
    private final LwaEdge lwa;
    private final ApiEdge api;

    private AmazonChannel(AmazonConfig config, InstantSource clock) {
        List<AmazonConfig.Account> accounts = config.accounts();
        for (int i = 0; i < accounts.size(); i++) {
            AmazonConfig.Account account = accounts.get(i);
            long seed = config.seed() * 31 + 1009L * (i + 1);
            Seller seller = new Seller(
                    account.name(), account.sellerId(), account.marketplace(), config.settings(), clock, seed);
            sellers.put(
                    account.name(),
                    new SimulatedSeller(
                            account,
                            seller,
                            new SellingPartnerApi(seller, clock),
                            new Quotas(clock),
                            new Journal(),
                            new People(seed),
                            new AtomicLong(),
                            new AtomicReference<>(ApiFaults.NONE),
                            new AtomicReference<>(Duration.ZERO)));
        }
        LwaTokens tokens = new LwaTokens(config.tokenLifetime(), clock);
        this.lwa = new LwaEdge(sellers.values(), tokens);
        this.api = new ApiEdge(sellers, tokens);
    }

    /// Opens all accounts.
    public static AmazonChannel open(AmazonConfig config, InstantSource clock) {
        return new AmazonChannel(config, clock);
    }

    @Override
    public String root() {
        return ROOT;
    }

    @Override
    public List<String> members() {
        return List.copyOf(sellers.keySet());
    }

    /// Goes by the raw path, since a SKU may contain an encoded slash.
    @Override
    public void serve(HttpExchange exchange, List<String> below) throws IOException {
        String raw = exchange.getRequestURI().getRawPath().substring(ROOT.length() + 1);
        if (below.equals(List.of("auth", "o2", "token"))) {
            lwa.serve(exchange);
        } else if (below.size() == 2 && below.getFirst().equals("documents")) {
            DocumentEdge.serve(exchange, sellers.values(), below.get(1));
        } else if (!below.isEmpty() && below.getFirst().equals("stores")) {
            buyer(exchange, below);
        } else {
            api.serve(exchange, segments(raw), raw, base(exchange));
        }
    }

    private void buyer(HttpExchange exchange, List<String> path) throws IOException {
        SimulatedSeller seller = path.size() < 2 ? null : sellers.get(path.get(1));
        List<String> rest = path.size() < 2 ? List.of() : path.subList(2, path.size());
        if (seller != null && rest.equals(List.of("buyer", "orders"))) {
            BuyerEdge.buy(exchange, seller);
        } else if (seller != null && rest.size() == 3 && rest.subList(0, 2).equals(List.of("buyer", "orders"))) {
            BuyerEdge.look(exchange, seller, rest.get(2));
        } else if (seller != null
                && rest.size() == 4
                && rest.subList(0, 2).equals(List.of("buyer", "orders"))
                && rest.get(3).equals("cancellation")) {
            BuyerEdge.cancel(exchange, seller, rest.get(2));
        } else {
            throw new Answers.Refused(404, "there is no /" + String.join("/", path));
        }
    }

    @Override
    public void control(HttpExchange exchange, List<String> below) throws IOException {
        if (below.isEmpty()) {
            Answers.demand(exchange, "GET");
            Answers.send(exchange, 200, members());
            return;
        }
        SimulatedSeller seller = sellers.get(below.getFirst());
        if (seller == null) {
            throw new Answers.Refused(404, "there is no seller " + below.getFirst());
        }
        new ControlEdge(seller).serve(exchange, below.subList(1, below.size()));
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return segments;
    }

    /// The address by which the caller came, so that what is handed out can be reached the same way.
    private static URI base(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        InetSocketAddress local = exchange.getLocalAddress();
        return URI.create("http://%s/%s".formatted(host == null ? "127.0.0.1:" + local.getPort() : host, ROOT));
    }

    @Override
    public void close() {
        // Nothing runs by itself here: time passes when an account is looked at.
    }
}
