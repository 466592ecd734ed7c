package io.hubline.connector.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pays buyers back through the channel they paid at.
public interface RefundPort extends Adapter {

    /// Refunds, once per key. Looks before it pays, and is settled only when the channel was read back and
    /// shows it; the reference is then the channel's id of the refund.
    ///
    /// @param progress what an earlier try brought; null at the first
    Outcome<ActAnswer> refund(Account account, UUID key, RefundDemand refund, @Nullable String progress);
}
