package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is remembered of orders. Every method joins the caller's transaction.
public interface OrderSnapshots {

    /// A number higher than all given before.
    long nextNumber();

    /// The snapshot under a lock that lasts as long as the transaction; empty at first sight, locked all
    /// the same.
    ///
    /// A caller that locks several sorts them first, or two such callers deadlock.
    Optional<OrderSnapshot> lock(String account, String externalId);

    /// Snapshots by external id, without a lock.
    Map<String, OrderSnapshot> find(String account, Collection<String> externalIds);

    /// Remembers a locked order.
    ///
    /// @param announcedAt null when nothing was announced
    void save(String account, String externalId, OrderSnapshot.Saved saved, @Nullable Instant announcedAt);

    /// Remembers the newer look at a locked order whose content stayed.
    void touch(String account, String externalId, OrderSnapshot snapshot);

    /// Notes how many units of each line have left, all in all: they stay sold, whatever the channel takes
    /// off the order afterwards.
    void shipped(String account, String externalId, Map<String, Integer> units);

    /// Units sold through one offer, by what was announced and what has left.
    long unitsSold(SoldThrough offer);

    /// What was announced of offers, in their order.
    List<Told> told(List<SoldThrough> offers);

    /// What was announced of one offer.
    ///
    /// @param ordered units ever ordered through it, those of cancelled sales included; never falls
    /// @param cancelled units of those that are no longer wanted, and have not left
    record Told(long ordered, long cancelled) {}

    /// How an offer's lines are recognised: by variant, otherwise by the SKU text, and by place where there
    /// is one.
    record SoldThrough(
            String account,
            @Nullable String channelSku,
            @Nullable String variantId,
            @Nullable String channelLocation) {}
}
