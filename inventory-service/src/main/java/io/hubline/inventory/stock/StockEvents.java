package io.hubline.inventory.stock;

import io.hubline.contracts.inventory.StockState;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/// Positions in the published language.
final class StockEvents {

    private StockEvents() {}

    static StockState state(String sku, List<PoolPosition> pools, List<Position> positions, long sequence) {
        return new StockState(
                sku,
                sequence,
                sum(pools, PoolPosition::onHand),
                sum(pools, PoolPosition::reserved),
                sum(pools, PoolPosition::shortBy),
                positions.stream()
                        .sorted(Comparator.comparing(Position::key))
                        .map(position -> new StockState.AtLocation(
                                position.key().location(), position.onHand(), position.allocated()))
                        .toList());
    }

    /// A pool holds as many units as a number can count; two of them may hold more than that.
    private static int sum(List<PoolPosition> pools, ToLongFunction<PoolPosition> part) {
        return (int) Math.min(Integer.MAX_VALUE, pools.stream().mapToLong(part).sum());
    }
}
