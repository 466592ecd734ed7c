package io.hubline.sandbox.amazon.store;

/// Where an order stands, in the vendor's words.
public enum OrderStatus {
    PENDING,
    UNSHIPPED,
    PARTIALLY_SHIPPED,
    SHIPPED,
    CANCELLED
}
