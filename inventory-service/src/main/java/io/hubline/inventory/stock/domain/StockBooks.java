package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people look up in the two books. It locks nothing and decides nothing.
public interface StockBooks {

    /// The pool position of a SKU; empty when the SKU was never seen.
    List<PoolPosition> pools(String sku);

    /// The positions of a SKU, by location.
    List<Position> positions(String sku);

    /// Movements of a SKU in the order of the ledger.
    ///
    /// @param after the number behind which to start
    List<RecordedMovement> movements(String sku, MovementFilter filter, long after, int size);

    /// Lines with units of a SKU that have not left, by order and line.
    ///
    /// @param after the line behind which to start; null for the first
    List<OpenLine> openLines(String sku, @Nullable LineKey after, int size);

    /// Lines that wait for units of any SKU, by order and line.
    List<OpenLine> waitingLines(@Nullable LineKey after, int size);

    /// Pools that promise more than lies there, in the order of their keys.
    List<PoolPosition> shortPools(@Nullable StockKey after, int size);

    /// What was sold when nothing was left, oldest first.
    List<RecordedOversell> oversells(long after, int size);

    /// Where the world and the book disagreed, oldest first.
    List<RecordedDiscrepancy> discrepancies(long after, int size);

    /// The numbers that tell how the books stand.
    Totals totals();

    /// Which movements to list; null for all.
    ///
    /// @param from those recorded then or later
    /// @param to those recorded before
    record MovementFilter(
            @Nullable String location,
            StockMovement.@Nullable Reason reason,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /// Where a line stands in a list of lines.
    record LineKey(String orderId, String lineId) {}

    /// A line of an order with units that have not left.
    record OpenLine(
            String orderId,
            String lineId,
            String sku,
            @Nullable String offer,
            int wanted,
            int held,
            int backordered,
            int allocated,
            int shipped,
            @Nullable Instant shipBy) {}

    /// Units that a channel sold when nothing was left to promise.
    record RecordedOversell(
            long seq,
            String orderId,
            String lineId,
            String sku,
            @Nullable String offer,
            int units,
            Instant recordedAt) {}

    /// A disagreement and what the book did about it.
    record RecordedDiscrepancy(
            long seq,
            Decision.Discrepancy.Kind kind,
            String sku,
            String locationId,
            int units,
            String cause,
            String detail,
            Instant recordedAt) {}

    /// Units of all SKUs together.
    record Totals(
            long onHand,
            long inTransit,
            long reserved,
            long shortBy,
            long backordered,
            long oversold,
            long discrepancies) {}
}
