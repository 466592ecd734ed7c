package io.hubline.connector.inbound.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The raw store. Every method joins the caller's transaction.
public interface InboundMessages {

    /// Stores all of them. A pending one whose delivery was seen before is stored as a duplicate.
    void store(Collection<Arrival> arrivals);

    /// Stores what a poll found, save for what waits already or is dead: a poll has no raw body to lose.
    /// What was done before is stored again, for the channel shows it different from what was announced.
    ///
    /// @return how many were new
    int storeNew(Collection<Arrival> arrivals);

    /// Takes messages that are due, oldest first; other replicas do not get them before `until`.
    List<ClaimedMessage> claim(String account, String replica, Instant now, Instant until, int limit);

    /// Ends messages.
    void settle(Collection<UUID> ids, MessageStatus status, @Nullable String reason, Instant now);

    /// Gives claimed messages back.
    void release(Collection<UUID> ids, Instant nextTryAt, @Nullable String reason);

    /// Gives back at once what this replica had claimed before it was killed.
    ///
    /// @return how many
    int releaseClaimsOf(String replica, Instant now);

    /// When the next message is due; empty when none waits.
    Optional<Instant> nextDue(String account);

    /// Whether a message that came until then still waits.
    boolean anyPendingUntil(String account, Instant received);

    /// Messages for a person, newest first.
    ///
    /// @param before only older ones than this message
    List<StoredMessage> list(
            @Nullable String account, @Nullable MessageStatus status, @Nullable UUID before, int limit);

    Optional<StoredMessage> find(UUID id);

    /// Makes a dead message pending again.
    ///
    /// @return false when it is not dead, or names no order
    boolean revive(UUID id, Instant now);

    /// Forgets messages that ended well before then.
    ///
    /// @return how many; at most `limit`
    int purge(Instant before, int limit);

    /// How many wait and since when, and how many are dead.
    Backlog backlog(String account);

    /// What waits, and what is dead.
    ///
    /// @param oldestAge how long the oldest has waited; null when none waits
    record Backlog(long pending, @Nullable Duration oldestAge, long dead) {}
}
