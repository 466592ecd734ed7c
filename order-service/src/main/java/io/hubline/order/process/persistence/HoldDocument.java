package io.hubline.order.process.persistence;

import io.hubline.order.process.domain.Hold;
import io.hubline.order.process.domain.HoldReason;
import io.hubline.order.process.domain.Order;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// A row of `order_hold` as JSON, one field per column.
@RegisterForReflection
record HoldDocument(UUID orderId, String reason, String detail, Instant placedAt, boolean waived) {

    static final Comparator<Hold> BY_REASON = Comparator.comparing(Hold::reason);

    static List<HoldDocument> of(Order order) {
        UUID orderId = UUID.fromString(order.identity().orderId());
        return order.holds().stream()
                .sorted(BY_REASON)
                .map(hold ->
                        new HoldDocument(orderId, hold.reason().name(), hold.detail(), hold.placedAt(), hold.waived()))
                .toList();
    }

    Hold toDomain() {
        return new Hold(HoldReason.valueOf(reason), detail, placedAt, waived);
    }
}
