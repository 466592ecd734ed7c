package io.hubline.returns.rma.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people look up. It locks nothing and decides nothing.
public interface ReturnBook {

    /// Returns in the order of their ids.
    ///
    /// @param after the id behind which to start; null for the first
    List<Summary> page(Filter filter, @Nullable String after, int size);

    /// One return with its history.
    Optional<Dossier> dossier(String returnId);

    /// The numbers that tell how returns stand.
    Totals totals();

    /// Which returns are wanted; null means all.
    record Filter(
            @Nullable RmaState state,
            @Nullable String account,
            @Nullable String orderId,
            @Nullable Boolean needsPerson) {}

    /// A return in a list.
    record Summary(
            String returnId,
            RmaState state,
            String account,
            String channel,
            @Nullable String orderId,
            String externalId,
            @Nullable String channelReturnId,
            boolean needsPerson,
            List<NextStep> next,
            Instant openedAt,
            Instant updatedAt) {

        public Summary {
            next = List.copyOf(next);
        }
    }

    /// A return with everything that happened to it.
    record Dossier(Rma rma, List<Returns.HistoryEntry> history, Instant openedAt, Instant updatedAt) {

        public Dossier {
            history = List.copyOf(history);
        }
    }

    /// Counts over all returns.
    ///
    /// @param returns by state
    /// @param refunds by state of their money
    record Totals(Map<String, Long> returns, Map<String, Long> refunds, long needPerson) {

        public Totals {
            returns = Map.copyOf(returns);
            refunds = Map.copyOf(refunds);
        }
    }
}
