package io.hubline.connector.sync.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The numbers that stood at the channels, until it is proved what can still be sold of them: a complete
/// poll began after they stood there, and everything that it announced is booked. Every method joins the
/// caller's transaction.
///
/// All moments are the store's own. Whoever changes what is noted of an offer has its target locked.
public interface Settlements {

    /// Numbers of a call stand at their channel.
    void stand(StockWrite write);

    /// Numbers of a call may be carried out for so long yet, whatever the channel shows: no permit of
    /// theirs is done with before.
    void onTheirWay(StockWrite write, Duration applyAge);

    /// Numbers were read while nothing of theirs was in flight.
    void read(Collection<Reading> readings);

    /// Nothing is known any more of what an offer shows: what it showed proves nothing.
    void forget(String offer);

    /// Offers with a number that stood before a moment and that no poll has followed, by offer, each of
    /// them locked.
    List<Sale> standing(String account, Instant before, int limit);

    /// A complete poll followed the numbers that stood before a moment: of each offer the newest of them
    /// waits for its sales now, and the older ones for nothing.
    void polled(List<Announced> offers, Instant before);

    /// The offer where a number of it waits for its sales, and everything that inventory says is known.
    Optional<Sale> waiting(String offer);

    /// Settles what waits for its sales, where as much is booked as was announced.
    ///
    /// @return the offers of which something newer is proved
    List<String> settle(List<Announced> offers);

    /// How an offer's sales are recognised.
    record Sale(
            String offer,
            String account,
            @Nullable String channelSku,
            @Nullable String variantId,
            @Nullable String channelLocation) {}

    /// What was announced of an offer until now.
    ///
    /// @param ordered units ever ordered through it
    /// @param cancelled units of those that are no longer wanted
    record Announced(String offer, long ordered, long cancelled) {}

    /// A number that was read.
    ///
    /// @param begunAt before the reading
    /// @param cancelled units of cancelled sales that were announced before it
    /// @param cancelledBooked units of those that were booked before it; null where inventory does not say
    /// @param asExpected whether it is the number that the booked sales explain
    /// @param contradictedSince what stood before then was changed behind the hub's back; null where
    ///     nothing was
    record Reading(
            String offer,
            long quantity,
            Instant begunAt,
            long cancelled,
            @Nullable Long cancelledBooked,
            boolean asExpected,
            @Nullable Instant contradictedSince) {}
}
