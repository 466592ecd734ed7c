package io.hubline.sandbox.shopify.store;

/// Hears of each event while the shop's lock is held, so that what it reads is the state at that event. It
/// must not block.
@FunctionalInterface
public interface ShopListener {

    void on(ShopEvent event, PlacedOrder order);

    /// Hears of a refund of the order.
    default void on(ShopEvent event, PlacedOrder order, Refund refund) {
        on(event, order);
    }

    /// Hears of a step of one of the order's returns.
    default void on(ShopEvent event, PlacedOrder order, GoodsReturn goods) {
        on(event, order);
    }
}
