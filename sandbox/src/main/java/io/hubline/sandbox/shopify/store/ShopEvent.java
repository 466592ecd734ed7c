package io.hubline.sandbox.shopify.store;

/// Something a shop tells its subscribers about an order, its refunds and its returns.
public enum ShopEvent {
    ORDERS_CREATE("orders/create"),
    ORDERS_UPDATED("orders/updated"),
    ORDERS_CANCELLED("orders/cancelled"),
    ORDERS_FULFILLED("orders/fulfilled"),
    ORDERS_PARTIALLY_FULFILLED("orders/partially_fulfilled"),
    REFUNDS_CREATE("refunds/create"),
    RETURNS_REQUEST("returns/request"),
    RETURNS_APPROVE("returns/approve"),
    RETURNS_DECLINE("returns/decline"),
    RETURNS_CANCEL("returns/cancel"),
    RETURNS_CLOSE("returns/close"),
    RETURNS_REOPEN("returns/reopen"),
    RETURNS_UPDATE("returns/update");

    private final String topic;

    ShopEvent(String topic) {
        this.topic = topic;
    }

    /// The topic as the webhook header writes it.
    public String topic() {
        return topic;
    }
}
