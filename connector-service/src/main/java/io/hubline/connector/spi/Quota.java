package io.hubline.connector.spi;

import java.time.Duration;

/// The rate limit of a channel, spent by all replicas together.
///
/// It only keeps the hub from running into the channel's own limit; being wrong costs time and never an
/// order.
public interface Quota {

    /// Takes a cost, or says how long to wait before asking again; zero when it was taken.
    ///
    /// @param operation a bucket of its own within the account
    Duration take(Account account, String operation, Rate rate, double cost);

    /// Corrects the bucket by what the channel said about a call.
    ///
    /// @param refund what the call cost less than was taken
    /// @param available what the channel says is left; more than the bucket holds is not believed, for
    ///     other calls are still on their way
    void settle(Account account, String operation, Rate rate, double refund, double available);

    /// How fast a bucket fills.
    ///
    /// @param perSecond how much comes back every second
    /// @param capacity how much can be saved up
    record Rate(double perSecond, double capacity) {

        public Rate {
            if (!(perSecond > 0 && capacity > 0)) {
                throw new IllegalArgumentException("a rate of %s up to %s".formatted(perSecond, capacity));
            }
        }
    }
}
