package io.hubline.sandbox.shopify.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// One event for one subscription, with the body as it was when the event happened. Retries and injected
/// duplicates carry the same webhook id and the same bytes.
public record WebhookMessage(
        long sequence,
        String shop,
        String shopDomain,
        String topic,
        long orderId,
        long subscriptionId,
        URI target,
        UUID webhookId,
        UUID eventId,
        Instant triggeredAt,
        String body,
        String signature) {

    /// The headers as the vendor spells them.
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Shopify-Captain-Hook");
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", shopDomain);
        if (topic.startsWith("orders/")) {
            headers.put("X-Shopify-Order-Id", Long.toString(orderId));
        }
        headers.put("X-Shopify-Test", "false");
        headers.put("X-Shopify-Hmac-SHA256", signature);
        headers.put("X-Shopify-API-Version", "2026-10");
        headers.put("X-Shopify-Webhook-Id", webhookId.toString());
        headers.put("X-Shopify-Event-Id", eventId.toString());
        headers.put("X-Shopify-Triggered-At", triggeredAt.toString());
        return headers;
    }
}
