package io.hubline.order.book.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be asked about orders. Lists are cut at `limit` and go on behind `after`.
public interface OrderBook {

    /// Orders, newest first.
    ///
    /// @param state a state or a stage
    /// @param after the id of an order
    List<OrderSummary> orders(
            @Nullable String account,
            @Nullable String externalId,
            @Nullable String state,
            @Nullable String after,
            int limit);

    /// One order.
    Optional<OrderView> order(String orderId);

    /// Who gets an order's parcel.
    Optional<SealedRecipient> recipient(String orderId);

    /// Holds that stand, by order and reason.
    ///
    /// @param after an order id, a slash and a reason
    List<HeldOrder> holds(@Nullable String reason, @Nullable String after, int limit);

    /// How many holds stand, by reason.
    Map<String, Long> holdsByReason();

    /// What is to be picked now, oldest order first.
    ///
    /// @param after an order id, a slash and a location
    List<PickTask> picks(@Nullable String locationId, @Nullable String after, int limit);
}
