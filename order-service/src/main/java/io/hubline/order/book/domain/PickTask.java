package io.hubline.order.book.domain;

import java.util.List;

/// What one location is to pick for one order, still to ship.
public record PickTask(String orderId, long version, String locationId, List<Units> lines) {

    public PickTask {
        lines = List.copyOf(lines);
    }

    /// Units of one line.
    public record Units(String lineId, String sku, int quantity) {}
}
