package io.hubline.sandbox.shopify.webhook;

/// What became of a shop's messages, counted exactly. `messages` is the sum of `accepted`, `lost`,
/// `abandoned` and `pending`.
///
/// `deliveries` counts requests sent, `refused` those not answered 2xx. `duplicatesInjected` counts second
/// deliveries answered 2xx after a first one was; `reordered` counts messages first accepted after a later
/// one of the shop.
public record WebhookCounts(
        long messages,
        long accepted,
        long lost,
        long abandoned,
        long pending,
        long deliveries,
        long refused,
        long duplicatesInjected,
        long reordered) {

    public WebhookCounts plus(WebhookCounts other) {
        return new WebhookCounts(
                messages + other.messages,
                accepted + other.accepted,
                lost + other.lost,
                abandoned + other.abandoned,
                pending + other.pending,
                deliveries + other.deliveries,
                refused + other.refused,
                duplicatesInjected + other.duplicatesInjected,
                reordered + other.reordered);
    }
}
