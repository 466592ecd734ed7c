package io.hubline.routing.plan.domain;

import java.util.List;
import java.util.Optional;

/// What the stock ledger promised an order, as of one of its announcements.
///
/// @param sequence rises with every announcement about the order
public record Promise(long sequence, List<PromisedLine> lines) {

    public Promise {
        lines = List.copyOf(lines);
    }

    Optional<PromisedLine> line(String lineId) {
        return lines.stream().filter(line -> line.lineId().equals(lineId)).findFirst();
    }

    /// One line of the promise.
    ///
    /// @param held promised, at no particular location: what is left to plan
    /// @param backordered sold, and not promised for want of stock
    /// @param placed allocated at locations or shipped
    public record PromisedLine(String lineId, String sku, int held, int backordered, int placed) {}
}
