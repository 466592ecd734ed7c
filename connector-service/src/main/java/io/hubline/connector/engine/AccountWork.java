package io.hubline.connector.engine;

import io.hubline.connector.spi.Account;
import java.time.Duration;

/// One kind of work that is done over and over for each account.
public interface AccountWork {

    /// A short word for logs, metrics and wakes, such as `stock`.
    String name();

    /// Whether the account's adapter has what this work needs.
    boolean serves(Account account);

    /// Does what is due, and says how long nothing will be unless somebody wakes the loop; zero to be
    /// called at once.
    ///
    /// A step is bounded: it takes a batch, and comes again for the next.
    ///
    /// @throws InterruptedException when the service stops; what was under way is a row, and is found at
    ///     the next start
    Duration step(Account account) throws InterruptedException;
}
