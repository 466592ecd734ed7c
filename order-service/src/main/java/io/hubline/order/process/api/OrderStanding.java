package io.hubline.order.process.api;

import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Stage;
import java.util.List;

/// Where an order stands after a request.
record OrderStanding(String orderId, long version, Stage.Standing state, Stage stage, List<Hold> holds) {

    static OrderStanding of(Order order) {
        return new OrderStanding(
                order.identity().orderId(),
                order.version(),
                order.stage().standing(),
                order.stage(),
                order.activeHolds().stream()
                        .map(hold -> new Hold(hold.reason().name(), hold.detail()))
                        .toList());
    }

    record Hold(String reason, String detail) {}
}
