package io.hubline.routing.plan.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The orders that routing keeps.
public interface RouteCases {

    /// An order, held against others until the transaction ends. One that is not known is made.
    CaseState hold(String orderId);

    /// Keeps an order as it is now.
    void save(CaseState state);

    /// Notes what a search looked at, so that [#due] finds the order when something of it is newer.
    ///
    /// @param revision of locations and rates together
    /// @param seen per SKU, the state of its stock
    /// @param risesOnly whether only more free units are news, and not fewer
    void lookedAt(String orderId, long revision, List<Seen> seen, boolean risesOnly);

    /// Orders in [Phase#RETRY] or [Phase#UNROUTABLE] whose time has come or that have something new to look
    /// at.
    ///
    /// @param revision of locations and rates together, now
    List<String> due(Instant now, long revision, int limit);

    /// Keeps what was announced: one row per announcement, with all that explains it.
    void record(Announced announced);

    /// Notes the ledger's answer to a plan.
    void answered(String planId, String answer, String detail, Instant at);

    /// An order without holding it.
    Optional<CaseState> find(String orderId);

    /// What was announced about an order, oldest first, at most the last hundred.
    List<Announced> announced(String orderId);

    /// Orders in the order of their ids.
    List<CaseState> page(@Nullable Phase phase, @Nullable String after, int limit);

    /// How many orders are in each phase that asks for attention, and since when the oldest plan is
    /// outstanding.
    Attention attention();

    /// The state of a SKU's stock that a search looked at.
    ///
    /// @param change rises with every change of that stock
    record Seen(String sku, long change) {}

    /// What needs an eye.
    record Attention(
            long planned,
            long retrying,
            long unroutable,
            @Nullable Instant oldestPlan) {}
}
