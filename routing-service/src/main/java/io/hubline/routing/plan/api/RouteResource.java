package io.hubline.routing.plan.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.routing.plan.RouteQueries;
import io.hubline.routing.plan.RouteQueries.Explanation;
import io.hubline.routing.plan.domain.Announced;
import io.hubline.routing.plan.domain.CaseState;
import io.hubline.routing.plan.domain.Demand;
import io.hubline.routing.plan.domain.Facts;
import io.hubline.routing.plan.domain.Phase;
import io.hubline.routing.plan.domain.PlanOutcome.Assignment;
import io.hubline.routing.plan.domain.PlanOutcome.Parcel;
import io.hubline.routing.plan.domain.PlanOutcome.Rejected;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Why an order ships from where it does, or why it does not.
@Path("/routes")
class RouteResource {

    private final RouteQueries routes;

    RouteResource(RouteQueries routes) {
        this.routes = routes;
    }

    /// One order: where it stands, the plan that counts, and everything announced before.
    @GET
    @Path("/{orderId}")
    @RolesAllowed(Roles.VIEWER)
    public Route explain(@RestPath String orderId) {
        return routes.explain(orderId)
                .map(RouteResource::route)
                .orElseThrow(() -> Problem.of(404, "unknown-route", "Routing has not heard of this order")
                        .with("orderId", orderId)
                        .asException());
    }

    /// Orders in the order of their ids.
    ///
    /// @param state a phase, such as `unroutable`; every order where it is left out
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<Summary> list(@RestQuery @Nullable String state, @RestQuery @Nullable String after) {
        List<Summary> found = routes.page(phase(state), Page.position(after), Page.SIZE + 1).stream()
                .map(RouteResource::summary)
                .toList();
        return Page.of(found, Page.SIZE, Summary::orderId);
    }

    private static @Nullable Phase phase(@Nullable String state) {
        if (state == null) {
            return null;
        }
        return Arrays.stream(Phase.values())
                .filter(phase -> word(phase).equals(state.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.of(400, "unknown-route-state", "There is no such state of a route")
                        .with(
                                "states",
                                Arrays.stream(Phase.values())
                                        .map(RouteResource::word)
                                        .toList())
                        .asException());
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static Summary summary(CaseState order) {
        @Nullable Facts facts = order.facts();
        return new Summary(
                order.orderId(), word(order.phase()), order.note(), facts == null ? 0 : facts.version(), order.dueAt());
    }

    private static Route route(Explanation explanation) {
        CaseState order = explanation.order();
        List<Attempt> attempts =
                explanation.announced().stream().map(RouteResource::attempt).toList();
        return new Route(
                summary(order),
                order.decision() == null ? null : order.decision().demand(),
                attempts.isEmpty() ? null : attempts.getLast(),
                attempts);
    }

    private static Attempt attempt(Announced announced) {
        return new Attempt(
                announced.sequence(),
                announced.orderVersion(),
                announced.attempt(),
                announced.at(),
                announced.planId(),
                announced.reason(),
                announced.costMinor(),
                announced.currency(),
                announced.assignments(),
                announced.parcels(),
                announced.reasons(),
                announced.rejected(),
                announced.answer(),
                announced.answerDetail(),
                announced.answeredAt());
    }

    /// Where an order stands.
    ///
    /// @param note for a person: what it waits for, or why it is where it is
    /// @param orderVersion the newest version seen; zero before the first
    /// @param dueAt when it is tried again at the latest
    record Summary(
            String orderId,
            String state,
            String note,
            long orderVersion,
            @Nullable Instant dueAt) {}

    /// All of it.
    ///
    /// @param demand what was planned last
    /// @param chosen the newest announcement: a plan, or why there is none
    record Route(
            Summary order,
            @Nullable Demand demand,
            @Nullable Attempt chosen,
            List<Attempt> attempts) {}

    /// One announcement.
    ///
    /// @param reason why there is no plan
    /// @param answer what the stock ledger said to the plan: `ALLOCATED`, `RAN_DRY`, `ORDER_CHANGED`
    record Attempt(
            long sequence,
            long orderVersion,
            int attempt,
            Instant at,
            @Nullable String planId,
            @Nullable String reason,
            @Nullable Long costMinor,
            @Nullable String currency,
            List<Assignment> assignments,
            List<Parcel> parcels,
            List<String> reasons,
            List<Rejected> rejected,
            @Nullable String answer,
            @Nullable String answerDetail,
            @Nullable Instant answeredAt) {}
}
