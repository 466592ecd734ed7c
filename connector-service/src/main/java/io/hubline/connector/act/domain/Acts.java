package io.hubline.connector.act.domain;

import io.hubline.connector.act.domain.ActTask.Detail;
import io.hubline.connector.act.domain.ActTask.ShippedUnits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The acts. Every method joins the caller's transaction.
public interface Acts {

    /// Notes the highest version seen of an order.
    void seen(String orderId, long version);

    /// Notes a version of a return.
    ///
    /// @return false when a higher one was seen before
    boolean seenReturn(String returnId, long version);

    /// Adds an act, unless the same is there.
    ///
    /// @return false when it was
    boolean add(UUID id, String account, String orderId, String externalId, Detail detail, Instant now);

    /// Takes acts that are due, at most one per order and only an order's oldest; other replicas do not get
    /// them before `until`.
    List<ActTask> claim(String account, String replica, Instant now, Instant until, int limit);

    /// Units by line of the order's settled parcels with this tracking number.
    List<ShippedUnits> confirmedUnder(String orderId, String trackingNumber);

    void done(UUID id, String how, Instant now);

    /// It cannot go on by itself.
    ///
    /// @param progress what another try begins with; null for the begin
    void failed(UUID id, String reason, String nextStep, @Nullable String progress, Instant now);

    /// Not settled yet.
    ///
    /// @param progress what to hand back with the next try; null keeps what there is
    void later(UUID id, ActStatus status, Instant nextTryAt, @Nullable String progress, @Nullable String reason);

    /// What this replica was at when it was killed is unknown, and due at once.
    int releaseClaimsOf(String replica, Instant now);

    Optional<Instant> nextDue(String account);

    /// Makes a failed act pending again.
    ///
    /// @return false when it has not failed
    boolean revive(UUID id, Instant now);

    /// Makes the failed act of a refund pending again.
    ///
    /// @return the act; empty when there is none that has failed
    Optional<UUID> reviveRefund(String orderId, String refundId, Instant now);

    Optional<ActView> find(UUID id);

    /// Acts for a person, newest first.
    List<ActView> list(@Nullable String account, @Nullable ActStatus status, @Nullable UUID before, int limit);

    Map<String, ActCounts> counts();
}
