package io.hubline.connector.inbound;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.inbound.domain.OrderSnapshots.SoldThrough;
import io.hubline.connector.inbound.domain.OrderSnapshots.Told;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.inbound.domain.PollPositions;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.OrderPort;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far the hub has been told of a channel's sales: what a writer of stock must know before it may take
/// a number that differs for changed behind the hub's back. Joins the caller's transaction.
@Singleton
public class BookedSales {

    private final Accounts accounts;
    private final PollPositions positions;
    private final OrderSnapshots snapshots;

    BookedSales(Accounts accounts, PollPositions positions, OrderSnapshots snapshots) {
        this.accounts = accounts;
        this.positions = positions;
        this.snapshots = snapshots;
    }

    /// The last poll whose every order has been announced; empty before the first.
    public Optional<Complete> lastCompletePoll(String account) {
        return Optional.ofNullable(positions.find(account).complete());
    }

    /// Until when every change that the channel made has been announced, by the clock of the store: the
    /// begin of the last complete poll, less what the channel may take to list a change. Empty before the
    /// first.
    public Optional<Instant> announcedThrough(Account account) {
        return lastCompletePoll(account.id())
                .map(poll -> accounts.port(account, OrderPort.class)
                        .map(port -> poll.begunAt().minus(port.visibilityAllowance(account)))
                        .orElse(poll.begunAt()));
    }

    /// How long the hub may take to hear of a sale by polling alone: what the channel may take to list it,
    /// and the time between two listings.
    public Duration announcedWithin(Account account) {
        Duration interval = accounts.pollInterval(account);
        return accounts.port(account, OrderPort.class)
                .map(port -> {
                    Duration shortest = port.shortestPollInterval(account);
                    return port.visibilityAllowance(account)
                            .plus(interval.compareTo(shortest) > 0 ? interval : shortest);
                })
                .orElse(interval);
    }

    /// Units by line of an order that have left: they stay sold, whatever the channel takes off the order.
    public void shipped(Account account, String externalId, Map<String, Integer> units) {
        snapshots.shipped(account.id(), externalId, units);
    }

    /// Units sold through an offer by all that was announced. Once everything is booked, the offer's booked
    /// units have come to the same.
    public long unitsSold(SoldThrough offer) {
        return snapshots.unitsSold(offer);
    }

    /// What was announced of offers, in their order. What is announced and what is booked of units ever
    /// sold both only rise, line by line, and nothing is booked that was not announced: where the two sums
    /// are equal, everything is booked.
    public List<Told> told(List<SoldThrough> offers) {
        return offers.isEmpty() ? List.of() : snapshots.told(offers);
    }
}
