package io.hubline.sandbox.trade;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;

/// A shop buyers can visit, and what it sells, the most wanted first.
///
/// `takesReturns` is false where buyers cannot ask the shop for a return. `weight` says how many of all
/// visits are paid to it, against the weights of the others.
public record Storefront(URI base, List<String> skus, boolean takesReturns, double weight) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public Storefront {
        skus = List.copyOf(skus);
        if (skus.isEmpty()) {
            throw new IllegalArgumentException("a storefront without goods has no buyers");
        }
        if (!(weight > 0)) {
            throw new IllegalArgumentException("a storefront's weight must be above 0");
        }
    }

    /// A storefront like others, which takes goods back.
    public Storefront(URI base, List<String> skus) {
        this(base, skus, true, 1);
    }

    HttpRequest order(String basket) {
        return post("/buyer/orders", basket);
    }

    HttpRequest cancellation(String orderId) {
        return post("/buyer/orders/" + orderId + "/cancellation", "");
    }

    /// How the order stands, as its buyer may know.
    HttpRequest look(String orderId) {
        return request("/buyer/orders/" + orderId).GET().build();
    }

    /// Throws `UnsupportedOperationException` where the shop takes no such call.
    HttpRequest requestReturn(String orderId, String lines) {
        if (!takesReturns) {
            throw new UnsupportedOperationException("buyers cannot ask " + base + " for a return");
        }
        return post("/buyer/orders/" + orderId + "/returns", lines);
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }
}
