package io.hubline.order.process;

import io.hubline.order.process.domain.Decision;
import io.hubline.order.process.domain.HoldReason;
import io.hubline.order.process.domain.OrderInput;
import io.hubline.order.process.domain.OrderInput.CancellationRequested;
import io.hubline.order.process.domain.OrderInput.HoldPlaced;
import io.hubline.order.process.domain.OrderInput.HoldReleased;
import io.hubline.order.process.domain.OrderStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/// Takes in what a person decides about an order. Each answer is empty when there is no such order.
@ApplicationScoped
public class OrderDesk {

    private final OrderStore orders;
    private final OrderAdvance advance;

    OrderDesk(OrderStore orders, OrderAdvance advance) {
        this.orders = orders;
        this.advance = advance;
    }

    /// Calls off what has not left.
    ///
    /// @param reason announced, and told to the channel; without personal data
    @Transactional
    public Optional<Decision> cancel(String orderId, String reason) {
        return decide(orderId, new CancellationRequested(reason));
    }

    /// Stops the order until somebody releases it.
    ///
    /// @param detail announced; without personal data
    @Transactional
    public Optional<Decision> placeHold(String orderId, String detail) {
        return decide(orderId, new HoldPlaced(detail));
    }

    /// Decides a hold.
    @Transactional
    public Optional<Decision> releaseHold(String orderId, HoldReason reason) {
        return decide(orderId, new HoldReleased(reason));
    }

    /// What a person can do about a hold.
    ///
    /// @param reason the name of a hold's reason
    public static String nextStep(String reason) {
        return HoldReason.valueOf(reason).nextStep();
    }

    private Optional<Decision> decide(String orderId, OrderInput input) {
        return orders.hold(orderId).map(order -> advance.apply(order, input));
    }
}
