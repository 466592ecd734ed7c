package io.hubline.order.book.api;

import io.hubline.contracts.Recipient;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import io.hubline.order.book.OrderBookService;
import io.hubline.order.book.domain.OrderSummary;
import io.hubline.order.book.domain.OrderView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The orders of the book.
@Path("/orders")
class OrderResource {

    private final OrderBookService book;

    OrderResource(OrderBookService book) {
        this.book = book;
    }

    /// Orders, newest first.
    ///
    /// @param state a state (OPEN, CANCELLED, COMPLETED) or a stage
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<OrderSummary> orders(
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String externalId,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String after) {
        return Page.of(
                book.orders(account, externalId, state, Cursors.order(after), Page.SIZE + 1),
                Page.SIZE,
                OrderSummary::orderId);
    }

    /// One order with its history.
    @GET
    @Path("/{orderId}")
    @RolesAllowed(Roles.VIEWER)
    public OrderView order(@RestPath String orderId) {
        return book.order(orderId).orElseThrow(() -> notFound(orderId));
    }

    /// Who gets the parcel. Whoever asks is noted.
    @GET
    @Path("/{orderId}/recipient")
    @RolesAllowed(Roles.OPERATOR)
    public Recipient recipient(@RestPath String orderId) {
        return book.recipient(orderId).orElseThrow(() -> notFound(orderId));
    }

    private static ProblemException notFound(String orderId) {
        return Problem.of(404, "order-not-found", "There is no such order")
                .with("orderId", orderId)
                .asException();
    }
}
