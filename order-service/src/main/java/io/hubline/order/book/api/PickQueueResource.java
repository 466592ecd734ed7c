package io.hubline.order.book.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.order.book.OrderBookService;
import io.hubline.order.book.domain.PickTask;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The built-in pick queue: what a location is to pick, until its parcels are reported.
///
/// The cursor leads through one walk over the queue. A new walk starts without one, for an older order can
/// be released later than a newer one.
@Path("/pick-queue")
class PickQueueResource {

    private final OrderBookService book;

    PickQueueResource(OrderBookService book) {
        this.book = book;
    }

    /// Released orders with units still to ship, oldest order first; of all locations when none is named.
    @GET
    @RolesAllowed(Roles.OPERATOR)
    public Page<PickTask> picks(@RestQuery @Nullable String location, @RestQuery @Nullable String after) {
        return Page.of(
                book.picks(location, Cursors.orderAndWord(after), Page.SIZE + 1),
                Page.SIZE,
                task -> task.orderId() + "/" + task.locationId());
    }
}
