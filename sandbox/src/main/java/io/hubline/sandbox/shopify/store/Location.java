package io.hubline.sandbox.shopify.store;

import java.time.Instant;

/// A place that stocks goods in a shop.
public record Location(long id, String name, Instant createdAt) {

    public String gid() {
        return Gid.of("Location", id);
    }
}
