package io.hubline.inventory.stock.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a decision has to know of places: which pool a location is in, what is between two of them, and
/// what lay at one before.
///
/// @param pools as they stay until the decision is written
/// @param transfers those that a request names
/// @param earlier what lay at a position at the moment of a count; without those moments of which the
///     ledger knows nothing
public record Places(PoolLayout pools, Map<String, Transfer> transfers, Map<Then, Integer> earlier) {

    /// One pool, nothing on its way, and no past.
    public static final Places HERE_AND_NOW = new Places(PoolLayout.ONE_POOL, Map.of(), Map.of());

    public Places {
        transfers = Map.copyOf(transfers);
        earlier = Map.copyOf(earlier);
    }

    /// What lay there then; null when the ledger does not say.
    @Nullable
    Integer onHand(PositionKey position, Moment moment) {
        return earlier.get(new Then(position, moment));
    }

    /// A position at a moment.
    public record Then(PositionKey position, Moment moment) {}
}
