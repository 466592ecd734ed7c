package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Units that are kept for somebody who is about to pay: all that he asked for, or none.
///
/// While it lives its units count as promised in their pools. It is the only promise that expires.
///
/// @param id chosen by whoever asks
/// @param pool the pool that the units are taken from
/// @param lines what was asked for: units by SKU, bundles included
/// @param parts the units that this takes from each pool position, bundles taken apart as they were defined
///     when it was granted
/// @param channelOrder the order that it becomes, as account and the order's id there; null until that is
///     known
public record Hold(
        String id,
        State state,
        Instant grantedAt,
        Instant expiresAt,
        String pool,
        SortedMap<String, Integer> lines,
        SortedMap<StockKey, Integer> parts,
        @Nullable String channelOrder) {

    public Hold {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /// Whether its units are promised to it.
    public boolean isLive() {
        return state == State.HELD || state == State.CONVERTING;
    }

    /// Whether its time is over, noted or not. Once the buyer has paid it has all the time there is.
    boolean isOverdue(Instant at) {
        return state == State.HELD && !expiresAt.isAfter(at);
    }

    /// The hold as it stands at a moment, whether somebody noted the end of its time or not.
    public Hold asOf(Instant at) {
        return isOverdue(at) ? in(State.EXPIRED) : this;
    }

    Hold extended(Instant until) {
        return new Hold(
                id, state, grantedAt, until.isAfter(expiresAt) ? until : expiresAt, pool, lines, parts, channelOrder);
    }

    Hold in(State next) {
        return new Hold(id, next, grantedAt, expiresAt, pool, lines, parts, channelOrder);
    }

    Hold convertingTo(String order) {
        return new Hold(id, State.CONVERTING, grantedAt, expiresAt, pool, lines, parts, order);
    }

    /// What became of it.
    public enum State {
        /// Its units are kept until it expires.
        HELD,
        /// The buyer has paid. Its units are kept until the order is seen here.
        CONVERTING,
        /// Its units went to the order.
        CONVERTED,
        /// Nobody wants it any longer.
        RELEASED,
        /// Its time was over.
        EXPIRED
    }
}
