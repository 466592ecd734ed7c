package io.hubline.connector.spi;

import org.jspecify.annotations.Nullable;

/// Calls orders off at a channel.
public interface CancellationPort extends Adapter {

    /// Cancels an order that the seller will not fulfil. Looks before it tells.
    ///
    /// @param reason the seller's word
    /// @param progress what an earlier try brought; null at the first
    Outcome<ActAnswer> cancel(Account account, String externalId, String reason, @Nullable String progress);
}
