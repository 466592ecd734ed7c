package io.hubline.order.process;

import io.hubline.kit.audit.Audit;
import io.hubline.order.process.domain.Cancellation;
import io.hubline.order.process.domain.Line;
import io.hubline.order.process.domain.Mapping;
import io.hubline.order.process.domain.Order;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes what changed about an order, from what to what. Ids, numbers, states and reasons only.
@ApplicationScoped
class OrderAuditTrail {

    private final Audit audit;

    OrderAuditTrail(Audit audit) {
        this.audit = audit;
    }

    void accepted(Order order) {
        audit.record("order.accepted", "order", order.identity().orderId(), Map.of(), values(order));
    }

    /// @param input what led to it, such as `shipment`
    void advanced(Order before, Order after, String input) {
        Map<String, Object> was = values(before);
        Map<String, Object> is = values(after);
        was.entrySet().removeIf(entry -> is.remove(entry.getKey(), entry.getValue()));
        audit.record("order.advanced-by-" + input, "order", after.identity().orderId(), was, is);
    }

    private static Map<String, Object> values(Order order) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("version", order.version());
        values.put("stage", order.stage().name());
        values.put(
                "snapshot",
                order.header().channelUpdatedAt() + "/" + order.header().fetchNumber());
        values.put("promise", order.promise().sequence());
        values.put("route", order.route().sequence());
        values.put("shipments", order.shipments().size());
        values.put(
                "holds",
                order.activeHolds().stream().map(hold -> hold.reason().name()).toList());
        Optional.ofNullable(order.cancellation())
                .map(Cancellation::by)
                .ifPresent(by -> values.put("cancelledBy", by.name()));
        order.lines().forEach(line -> values.put("line " + line.position(), units(order, line)));
        return values;
    }

    private static String units(Order order, Line line) {
        @Nullable Mapping mapping = line.mapping();
        String sku = mapping == null ? "unknown" : mapping.sku();
        return "%s: %d wanted, %d shipped".formatted(sku, order.wanted(line), order.shipped(line));
    }
}
