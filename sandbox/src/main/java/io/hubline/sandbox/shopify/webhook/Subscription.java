package io.hubline.sandbox.shopify.webhook;

import io.hubline.sandbox.shopify.store.ShopEvent;
import java.net.URI;
import java.time.Instant;

/// Who wants to hear of what. One declared with the app outlives failures; one made through the API is
/// removed when a message to it has failed all its tries.
public record Subscription(
        long id, ShopEvent event, URI target, boolean declaredWithApp, Instant createdAt, Instant updatedAt) {}
