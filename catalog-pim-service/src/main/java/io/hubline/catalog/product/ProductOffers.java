package io.hubline.catalog.product;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As what products are sold. The offers answer it, so that products need not know them.
public interface ProductOffers {

    /// Every offer that sells one of the SKUs, in the order of their ids.
    List<SoldAs> of(Collection<String> skus);

    /// One offer of a SKU.
    ///
    /// @param managed whether the hub keeps its content
    /// @param blocked why its content cannot be announced; empty when nothing is in the way
    /// @param channel how the channel last answered for it; null where it never did
    record SoldAs(
            String offer,
            String sku,
            String status,
            boolean managed,
            List<Obstacle> blocked,
            @Nullable AtChannel channel) {

        public SoldAs {
            blocked = List.copyOf(blocked);
        }
    }

    /// Why an offer's content cannot be announced.
    record Obstacle(String field, String reason) {}

    /// How an offer stands at its channel.
    ///
    /// @param current whether the channel answered for what was announced last
    /// @param issues what the channel finds wrong, in its words
    record AtChannel(
            String standing, boolean current, @Nullable String productId, List<Issue> issues, Instant at) {

        public AtChannel {
            issues = List.copyOf(issues);
        }
    }

    /// One thing a channel finds wrong.
    record Issue(String code, String message) {}
}
