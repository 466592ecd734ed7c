package io.hubline.routing.plan;

import io.hubline.contracts.Topic;
import io.hubline.kit.Ids;
import io.hubline.kit.outbox.Outbox;
import io.hubline.routing.plan.domain.Announced;
import io.hubline.routing.plan.domain.Answer;
import io.hubline.routing.plan.domain.Answer.Allocated;
import io.hubline.routing.plan.domain.Answer.OrderChanged;
import io.hubline.routing.plan.domain.Answer.RanDry;
import io.hubline.routing.plan.domain.CaseState;
import io.hubline.routing.plan.domain.Facts;
import io.hubline.routing.plan.domain.Next;
import io.hubline.routing.plan.domain.Next.Await;
import io.hubline.routing.plan.domain.Next.End;
import io.hubline.routing.plan.domain.Next.Plan;
import io.hubline.routing.plan.domain.Next.Rest;
import io.hubline.routing.plan.domain.Next.Stay;
import io.hubline.routing.plan.domain.PlanOutcome;
import io.hubline.routing.plan.domain.PlanOutcome.Cause;
import io.hubline.routing.plan.domain.PlanOutcome.NoPlan;
import io.hubline.routing.plan.domain.PlanOutcome.Planned;
import io.hubline.routing.plan.domain.PlanPolicy;
import io.hubline.routing.plan.domain.Planner;
import io.hubline.routing.plan.domain.Promise;
import io.hubline.routing.plan.domain.RetryPolicy;
import io.hubline.routing.plan.domain.RouteCase;
import io.hubline.routing.plan.domain.RouteCases;
import io.hubline.routing.plan.domain.RouteCases.Seen;
import io.hubline.routing.plan.domain.StockBook;
import io.hubline.routing.plan.domain.StockBook.Shelf;
import io.hubline.routing.plan.domain.StockLevel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What routing does with what it hears. Every use case holds the order first and stock after it, sorted,
/// so that no two wait for one another for ever.
@ApplicationScoped
public class PlanService {

    private final RouteCases cases;
    private final StockBook stock;
    private final Network network;
    private final Outbox outbox;
    private final InstantSource clock;
    private final PlanMetrics metrics;
    private final PlanConfig config;
    private final Planner planner;
    private final RetryPolicy patience;

    PlanService(
            RouteCases cases,
            StockBook stock,
            Network network,
            Outbox outbox,
            InstantSource clock,
            PlanMetrics metrics,
            PlanConfig config) {
        this.cases = cases;
        this.stock = stock;
        this.network = network;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
        this.config = config;
        this.planner =
                new Planner(new PlanPolicy(config.splitPenaltyMinor(), config.searchStepsMax(), config.rejectedMax()));
        this.patience = new RetryPolicy(
                config.attemptsMax(),
                config.retryPause(),
                config.stockGrace(),
                config.claimGrace(),
                config.changeGrace());
    }

    /// The order book says what the order is.
    @Transactional
    public void orderSeen(String orderId, Facts facts) {
        RouteCase order = hold(orderId);
        if (order.learn(facts)) {
            goOn(order, false);
        }
    }

    /// The stock ledger says what the order is promised, and perhaps what became of a plan.
    ///
    /// An answer counts whenever it is to the outstanding plan, even when it is late and a newer promise is
    /// known.
    @Transactional
    public void promiseSeen(String orderId, Promise promise, @Nullable Answer answer) {
        RouteCase order = hold(orderId);
        boolean news = order.learn(promise);
        if (answer != null) {
            note(answer);
        }
        if (answer != null && answer.planId().equals(order.outstandingPlan())) {
            answered(order, answer);
            goOn(order, false);
        } else if (news) {
            if (order.isPlanOvertaken()) {
                dropOutstanding(order);
                order.planHeld();
            }
            goOn(order, false);
        }
    }

    /// The stock ledger says what lies where. Orders that wait for it are found by the sweep.
    @Transactional
    public void stockSeen(StockLevel level) {
        stock.apply(level);
    }

    /// Orders that have something new to look at, at most a batch.
    @Transactional
    public List<String> due() {
        return cases.due(clock.instant(), network.revision(), config.sweepBatch());
    }

    /// Plans an order again that [#due] named.
    @Transactional
    public void replan(String orderId) {
        goOn(hold(orderId), true);
    }

    /// How much needs an eye.
    @Transactional
    public RouteCases.Attention attention() {
        return cases.attention();
    }

    private RouteCase hold(String orderId) {
        return new RouteCase(cases.hold(orderId), patience);
    }

    /// Kept to explain the plan, even when nothing follows from it any more.
    private void note(Answer answer) {
        Instant now = clock.instant();
        switch (answer) {
            case Allocated allocated -> cases.answered(allocated.planId(), "ALLOCATED", "", now);
            case RanDry(String planId, String detail) -> cases.answered(planId, "RAN_DRY", detail, now);
            case OrderChanged(String planId, String detail) -> cases.answered(planId, "ORDER_CHANGED", detail, now);
        }
    }

    private void answered(RouteCase order, Answer answer) {
        Instant now = clock.instant();
        switch (answer) {
            case Allocated(String planId, Instant at) -> {
                stock.allocated(planId, at, now.plus(config.claimAfterAllocation()));
                order.planHeld();
                metrics.answered("allocated");
            }
            case RanDry(String planId, String detail) -> {
                stock.release(planId);
                metrics.answered("ran_dry");
                if (order.ranDry(detail, now)) {
                    giveUp(order, detail, now);
                }
            }
            case OrderChanged(String planId, String detail) -> {
                stock.release(planId);
                order.orderChanged(detail, now);
                metrics.answered("order_changed");
            }
        }
    }

    private void giveUp(RouteCase order, String detail, Instant now) {
        String sentence = "%d plans ran dry, the last one: %s".formatted(config.attemptsMax(), detail);
        if (order.gaveUp("RAN_DRY", sentence)) {
            announceFailure(order.state(), new NoPlan(Cause.NO_STOCK, sentence, List.of()), "RAN_DRY", null, now);
        }
        // What fell while we tried is seen by now: only more stock is news from here on.
        List<String> skus =
                Objects.requireNonNull(order.state().decision()).demand().skus();
        lookedAt(order, network.revision(), stock.hold(skus, now), true);
    }

    private void dropOutstanding(RouteCase order) {
        @Nullable String planId = order.outstandingPlan();
        if (planId != null) {
            stock.release(planId);
        }
    }

    private void goOn(RouteCase order, boolean woken) {
        Next next = order.next(woken);
        switch (next) {
            case Stay _ -> {}
            case Await(String waitsFor) -> order.await(waitsFor);
            case Rest _ -> order.rest();
            case End _ -> {
                dropOutstanding(order);
                order.end();
            }
            case Plan plan -> metrics.time(() -> plan(order, plan));
        }
        cases.save(order.state());
    }

    private void plan(RouteCase order, Plan next) {
        Instant now = clock.instant();
        Network.View view = network.to(next.demand());
        List<Shelf> shelves = stock.hold(next.demand().skus(), now);
        PlanOutcome outcome = planner.plan(next.demand(), view.sites(shelves, true), now);
        switch (outcome) {
            case Planned found -> announcePlan(order, next, found, Objects.requireNonNull(view.currency()), now);
            case NoPlan none -> {
                boolean claimed = none.cause() == Cause.NO_STOCK
                        && planner.plan(next.demand(), view.sites(shelves, false), now) instanceof Planned;
                if (order.failed(next, none, claimed, now)) {
                    announceFailure(order.state(), none, none.cause().name(), view.currency(), now);
                } else {
                    metrics.planned("waits");
                }
            }
        }
        lookedAt(order, view.revision(), shelves, order.state().unroutable() != null);
    }

    private void lookedAt(RouteCase order, long revision, List<Shelf> shelves, boolean risesOnly) {
        cases.lookedAt(
                order.state().orderId(),
                revision,
                shelves.stream()
                        .map(shelf -> new Seen(shelf.sku(), shelf.change()))
                        .toList(),
                risesOnly);
    }

    private void announcePlan(RouteCase order, Plan next, Planned found, String currency, Instant now) {
        String planId = Ids.text();
        long sequence = order.planned(planId, next, now);
        stock.claim(planId, found.assignments());
        CaseState state = order.state();
        Announced plan = new Announced(
                state.orderId(),
                sequence,
                Objects.requireNonNull(state.decision()).orderVersion(),
                next.attempt(),
                now,
                planId,
                null,
                found.costMinor(),
                currency,
                found.assignments(),
                found.parcels(),
                found.reasons(),
                found.rejected(),
                null,
                null,
                null);
        cases.record(plan);
        outbox.publish(Topic.ROUTES, RouteEvents.routed(plan, currency));
        metrics.planned(found.parcels().size() == 1 ? "one_parcel" : "split");
    }

    private void announceFailure(
            CaseState state, NoPlan failure, String reason, @Nullable String currency, Instant now) {
        Announced announced = new Announced(
                state.orderId(),
                state.sequence(),
                Objects.requireNonNull(state.facts()).version(),
                0,
                now,
                null,
                reason + ": " + failure.detail(),
                null,
                currency,
                List.of(),
                List.of(),
                List.of(failure.detail()),
                failure.rejected(),
                null,
                null,
                null);
        cases.record(announced);
        outbox.publish(Topic.ROUTES, RouteEvents.unroutable(announced, currency));
        metrics.planned("unroutable");
    }
}
