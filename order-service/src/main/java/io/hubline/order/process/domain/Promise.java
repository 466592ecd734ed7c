package io.hubline.order.process.domain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What inventory last said about an order.
///
/// @param sequence inventory's own count of what it said about the order; 0 when it has said nothing
/// @param lines the whole promise, a line for each line it knows
/// @param refusedPlan the last plan that inventory did not carry out
public record Promise(
        long sequence, List<PromisedLine> lines, @Nullable String refusedPlan) {

    /// Inventory has said nothing yet.
    public static final Promise NONE = new Promise(0, List.of(), null);

    public Promise {
        lines = List.copyOf(lines);
    }

    /// The promise of one line; nothing where inventory does not know it.
    public PromisedLine line(String lineId) {
        return lines.stream()
                .filter(line -> line.lineId().equals(lineId))
                .findFirst()
                .orElseGet(() -> new PromisedLine(lineId, 0, 0, Map.of(), 0));
    }

    /// The promise of one line.
    ///
    /// @param held promised, at no particular location
    /// @param backordered sold, and not there
    /// @param allocated promised and not shipped, by location
    /// @param shipped units whose shipment inventory knew of when it said this
    public record PromisedLine(String lineId, int held, int backordered, Map<String, Integer> allocated, int shipped) {

        public PromisedLine {
            allocated = Map.copyOf(allocated);
        }
    }
}
