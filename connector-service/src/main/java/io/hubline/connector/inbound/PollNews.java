package io.hubline.connector.inbound;

import io.hubline.connector.spi.Account;

/// Told when a poll is complete: everything that the channel changed before its begin has been announced.
public interface PollNews {

    /// Joins the transaction that notes it.
    void completed(Account account);
}
