package io.hubline.sandbox.shopify.store;

/// Something a shop tells its subscribers about an order.
public enum ShopEvent {
    ORDERS_CREATE("orders/create"),
    ORDERS_UPDATED("orders/updated"),
    ORDERS_CANCELLED("orders/cancelled"),
    ORDERS_FULFILLED("orders/fulfilled"),
    ORDERS_PARTIALLY_FULFILLED("orders/partially_fulfilled");

    private final String topic;

    ShopEvent(String topic) {
        this.topic = topic;
    }

    /// The topic as the webhook header writes it.
    public String topic() {
        return topic;
    }
}
