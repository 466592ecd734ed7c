package io.hubline.returns.rma.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Returns and what was sold, as they are kept. Every method belongs to the caller's transaction.
public interface Returns {

    /// Waits until nobody else works on the returns of this order. Taken before anything is read that a
    /// decision needs: whoever holds it sees what the last one wrote.
    void lockOrder(String account, String externalId);

    /// The order, as far as it is known.
    Optional<SoldOrder> order(String account, String externalId);

    /// What identifies an order with this id, without a lock; it never changes.
    Optional<OrderKey> keyOfOrder(String orderId);

    /// The order that a return is about, without a lock; it never changes.
    Optional<OrderKey> keyOfReturn(String returnId);

    /// Takes over newer facts of an order. The caller holds the order's lock.
    ///
    /// @return false, and nothing happened, when the version is not higher than the one known
    boolean learn(SoldOrder facts);

    /// The return; the caller holds its order's lock.
    Optional<Rma> find(String returnId);

    /// The return that a channel calls so.
    Optional<Rma> find(String account, String channelReturnId);

    /// Returns of an order that something newer may help: those that wait to be placed, and those with a
    /// refund that waits for a price.
    List<Rma> stuck(String account, String externalId);

    /// Writes a return and brings the order's counts to it.
    ///
    /// @param history what happened; in its order
    void save(Rma rma, List<HistoryEntry> history, Instant now);

    /// Notes that a caller asked for something under an id. It waits for a copy of the same request that is
    /// under way.
    ///
    /// @param scope the ids are unique within it; empty for the whole service
    /// @param content all that was asked, as text
    /// @return what was asked under this id before; empty for the first time
    Optional<Noted> note(String kind, String scope, String id, String returnId, String content, Instant at);

    /// What was asked under an id before, without noting anything.
    Optional<Noted> asked(String kind, String scope, String id);

    /// What was asked under an id before.
    ///
    /// @param returnId of which return
    record Noted(String returnId, String content) {}

    /// Which order it is.
    record OrderKey(String account, String externalId) {}

    /// Something that happened.
    ///
    /// @param what a stable word, such as `received`
    /// @param version the announcement's; null where nobody was told
    /// @param detail ids and numbers only
    record HistoryEntry(Instant at, String what, @Nullable Long version, String detail) {}
}
