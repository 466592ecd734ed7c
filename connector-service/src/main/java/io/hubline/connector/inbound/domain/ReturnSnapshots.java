package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of returns. Every method joins the caller's transaction, which holds the lock of the
/// order.
public interface ReturnSnapshots {

    /// Snapshots of an order's returns, by the channel's id of the return.
    Map<String, ReturnSnapshot> find(String account, String externalId);

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
