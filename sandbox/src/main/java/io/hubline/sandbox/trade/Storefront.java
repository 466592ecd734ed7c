package io.hubline.sandbox.trade;

import java.net.URI;
import java.util.List;

/// A shop buyers can visit, and what it sells, the most wanted first.
public record Storefront(URI base, List<String> skus) {

    public Storefront {
        skus = List.copyOf(skus);
        if (skus.isEmpty()) {
            throw new IllegalArgumentException("a storefront without goods has no buyers");
        }
    }
}
