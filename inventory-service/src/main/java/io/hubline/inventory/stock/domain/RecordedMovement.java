package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.UUID;

/// A movement as the ledger keeps it.
///
/// @param seq its place in the ledger
/// @param number its place among the movements of its position: 1, 2, 3, ...
/// @param actor who asked for it
public record RecordedMovement(
        long seq,
        UUID id,
        String sku,
        String locationId,
        long number,
        int delta,
        int onHandAfter,
        StockMovement.Reason reason,
        String cause,
        String actor,
        Instant recordedAt) {}
