package io.hubline.inventory.stock;

import io.hubline.contracts.inventory.StockState;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import java.util.Comparator;
import java.util.List;

/// Positions in the published language.
final class StockEvents {

    private StockEvents() {}

    static StockState state(PoolPosition pool, List<Position> positions, long sequence) {
        return new StockState(
                pool.key().sku(),
                sequence,
                pool.onHand(),
                pool.reserved(),
                pool.shortBy(),
                positions.stream()
                        .sorted(Comparator.comparing(Position::key))
                        .map(position -> new StockState.AtLocation(
                                position.key().location(), position.onHand(), position.allocated()))
                        .toList());
    }
}
