package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is remembered of returns. Every method joins the caller's transaction; who saves holds the lock of
/// the order.
public interface ReturnSnapshots {

    /// Snapshots of an order's returns, by the channel's id of the return.
    Map<String, ReturnSnapshot> find(String account, String externalId);

    /// The channel's id of the order a return belongs to; empty where the return was never seen.
    Optional<String> orderOf(String account, String channelReturnId);

    /// Remembers a return.
    ///
    /// @param announcedAt null when nothing was announced
    void save(
            String account,
            String externalId,
            String channelReturnId,
            ReturnSnapshot snapshot,
            @Nullable Instant announcedAt);
}
