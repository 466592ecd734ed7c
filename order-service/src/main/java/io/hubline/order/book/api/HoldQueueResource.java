package io.hubline.order.book.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.order.book.OrderBookService;
import io.hubline.order.book.domain.HeldOrder;
import io.hubline.order.process.OrderDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What is to decide before orders go on (invariant I9).
@Path("/holds")
class HoldQueueResource {

    private final OrderBookService book;

    HoldQueueResource(OrderBookService book) {
        this.book = book;
    }

    /// Holds that stand, each with its next step.
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<Item> holds(@RestQuery @Nullable String reason, @RestQuery @Nullable String after) {
        return Page.of(
                book.holds(reason, Cursors.orderAndWord(after), Page.SIZE + 1).stream()
                        .map(Item::of)
                        .toList(),
                Page.SIZE,
                item -> item.orderId() + "/" + item.reason());
    }

    /// @param nextStep what a person can do about it
    record Item(
            String orderId,
            String account,
            String externalId,
            String number,
            String reason,
            String detail,
            String nextStep,
            Instant placedAt) {

        static Item of(HeldOrder held) {
            return new Item(
                    held.orderId(),
                    held.account(),
                    held.externalId(),
                    held.number(),
                    held.reason(),
                    held.detail(),
                    OrderDesk.nextStep(held.reason()),
                    held.placedAt());
        }
    }
}
