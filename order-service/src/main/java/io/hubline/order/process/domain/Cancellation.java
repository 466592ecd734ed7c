package io.hubline.order.process.domain;

import java.time.Instant;

/// The end of what has not left.
///
/// @param reason a word of the channel or of the operator; without personal data, for it is announced
public record Cancellation(By by, String reason, Instant at) {

    /// Who called the order off.
    public enum By {
        CHANNEL,
        SELLER
    }
}
