package io.hubline.connector.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a delivery is about. A hint is never the truth: it says what to look at.
public sealed interface Hint {

    /// The channel's id of this delivery, equal in all copies of it; null where it has none.
    @Nullable
    String deliveryId();

    /// The channel's word for what happened; null where it said nothing.
    @Nullable
    String topic();

    /// Something happened to an order.
    ///
    /// @param updatedAt the order's own time in the message; null where it has none
    record AboutOrder(
            @Nullable String deliveryId,
            @Nullable String topic,
            String externalId,
            @Nullable Instant updatedAt) implements Hint {}

    /// Something happened to a return, and the message does not say which order it belongs to.
    ///
    /// @param channelReturnId the channel's id of it, as in [ForeignReturn]
    record AboutReturn(
            @Nullable String deliveryId, @Nullable String topic, String channelReturnId) implements Hint {}

    /// Readable, and nothing the hub follows.
    record OfNoInterest(
            @Nullable String deliveryId, @Nullable String topic, String why) implements Hint {}

    /// Not to be read: a dead letter.
    ///
    /// @param why for a person; without the body
    record Unreadable(@Nullable String deliveryId, @Nullable String topic, String why) implements Hint {}
}
