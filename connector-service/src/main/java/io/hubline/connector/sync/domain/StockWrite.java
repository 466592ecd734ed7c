package io.hubline.connector.sync.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A call that was decided upon. It is stored before it is made, and is made again under the same id and
/// with the same lines until its outcome is known.
///
/// @param id the idempotency key
/// @param attempts how often it was made before; zero for one that never left
public record StockWrite(UUID id, String account, Instant createdAt, int attempts, List<Line> lines) {

    public StockWrite {
        lines = List.copyOf(lines);
    }

    /// Whether a number of the call was granted out of a divided stock: a channel that cannot compare must
    /// not be sent it again.
    public boolean isGranted() {
        return lines.stream().anyMatch(Line::escrow);
    }

    /// One number of the call.
    ///
    /// @param expected the booked expectation when it was decided upon
    /// @param booked the units booked as of the quantity
    /// @param permit the availability that granted it
    /// @param escrow whether it was granted out of a divided stock
    public record Line(
            String offer,
            String item,
            String location,
            int quantity,
            long expected,
            long sequence,
            long booked,
            long permit,
            boolean escrow) {}
}
