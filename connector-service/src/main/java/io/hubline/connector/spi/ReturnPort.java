package io.hubline.connector.spi;

import org.jspecify.annotations.Nullable;

/// Answers buyers who want to send goods back, at the channel where they asked.
public interface ReturnPort extends Adapter {

    /// Tells the seller's answer. Looks before it tells.
    ///
    /// @param progress what an earlier try brought; null at the first
    Outcome<ActAnswer> answer(
            Account account, String externalId, String channelReturnId, Answer answer, @Nullable String progress);

    /// What the seller says.
    enum Answer {
        /// The goods may be sent.
        APPROVE,
        DECLINE,
        /// Nothing will be sent.
        CANCEL,
        /// Everything is done.
        CLOSE
    }
}
