package io.hubline.inventory.stock.domain;

import java.util.Map;

/// The part of the two books that a batch of requests touches, as it was when it was locked.
///
/// @param pools every pool position that a request names, directly or by its order
/// @param positions every position of the SKUs of those pools
/// @param promises those of the orders that a request names, and enough of those that wait for the same
///     SKUs
/// @param holds those that a request names, and those that become one of its orders
/// @param exposures those of the offers in escrow through which its orders were sold, by offer
/// @param bundles those of the SKUs that a request names, by SKU
/// @param answers what the plans named in the batch were answered before, by plan id
/// @param places what lies between the locations, and in which pool they are
public record Books(
        Map<StockKey, PoolPosition> pools,
        Map<PositionKey, Position> positions,
        Map<String, Promise> promises,
        Map<String, Hold> holds,
        Map<String, Exposure> exposures,
        Map<String, Bundle> bundles,
        Map<String, PlanAnswer> answers,
        Places places) {

    public Books {
        pools = Map.copyOf(pools);
        positions = Map.copyOf(positions);
        promises = Map.copyOf(promises);
        holds = Map.copyOf(holds);
        exposures = Map.copyOf(exposures);
        bundles = Map.copyOf(bundles);
        answers = Map.copyOf(answers);
    }
}
