package io.hubline.routing.plan.domain;

import io.hubline.routing.plan.domain.CaseState.Unroutable;
import io.hubline.routing.plan.domain.Next.Await;
import io.hubline.routing.plan.domain.Next.End;
import io.hubline.routing.plan.domain.Next.Plan;
import io.hubline.routing.plan.domain.Next.Rest;
import io.hubline.routing.plan.domain.Next.Stay;
import io.hubline.routing.plan.domain.PlanOutcome.NoPlan;
import io.hubline.routing.plan.domain.Readiness.AllPlaced;
import io.hubline.routing.plan.domain.Readiness.NotReady;
import io.hubline.routing.plan.domain.Readiness.Ready;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One order on its way through routing: what is known of it, and what follows.
///
/// Facts and promises come in any order and more than once; only what is newer counts. While a plan is
/// outstanding nothing follows but its answer, so the same demand is never planned twice at once.
public final class RouteCase {

    private final RetryPolicy policy;
    private CaseState state;

    public RouteCase(CaseState state, RetryPolicy policy) {
        this.state = state;
        this.policy = policy;
    }

    public CaseState state() {
        return state;
    }

    /// Takes newer facts.
    ///
    /// @return whether they were newer
    public boolean learn(Facts facts) {
        if (state.facts() != null && facts.version() <= state.facts().version()) {
            return false;
        }
        state = new CaseState(
                state.orderId(),
                state.phase(),
                state.note(),
                facts,
                state.promise(),
                state.decision(),
                state.attempts(),
                state.sequence(),
                state.dueAt(),
                state.starvedSince(),
                state.unroutable());
        return true;
    }

    /// Takes a newer promise.
    ///
    /// @return whether it was newer
    public boolean learn(Promise promise) {
        if (state.promise() != null && promise.sequence() <= state.promise().sequence()) {
            return false;
        }
        state = new CaseState(
                state.orderId(),
                state.phase(),
                state.note(),
                state.facts(),
                promise,
                state.decision(),
                state.attempts(),
                state.sequence(),
                state.dueAt(),
                state.starvedSince(),
                state.unroutable());
        return true;
    }

    /// The plan that waits for its answer; null where none does.
    public @Nullable String outstandingPlan() {
        return state.phase() == Phase.PLANNED && state.decision() != null
                ? state.decision().planId()
                : null;
    }

    /// Whether the promise alone shows that the outstanding plan is over: nothing of it is left to
    /// allocate. So a lost answer does not hold the order for ever.
    public boolean isPlanOvertaken() {
        if (outstandingPlan() == null || state.promise() == null) {
            return false;
        }
        return state.promise().lines().stream().allMatch(line -> line.held() == 0);
    }

    /// The outstanding plan is over without a refusal: it was carried out, or there is nothing left of it.
    public void planHeld() {
        move(Phase.WAITING, "the next demand", 0, null);
    }

    /// A location ran dry. Planned again after a pause, unless that was the last attempt.
    ///
    /// @return whether there is to be no further attempt
    public boolean ranDry(String detail, Instant now) {
        boolean last = state.attempts() >= policy.attemptsMax();
        move(
                Phase.RETRY,
                "plan %d ran dry: %s".formatted(state.attempts(), detail),
                state.attempts(),
                now.plus(policy.pause().multipliedBy(1L << Math.min(10, Math.max(0, state.attempts() - 1)))));
        return last && isSameDemand();
    }

    /// The order is not what the plan was made for. The newer facts decide, whether they are here or still
    /// to come.
    public void orderChanged(String detail, Instant now) {
        move(Phase.RETRY, "the order changed: " + detail, 0, now.plus(policy.changeGrace()));
    }

    /// What follows from all that is known.
    ///
    /// @param woken whether something new is known about stock, rates or locations, or the due time has
    ///     come
    public Next next(boolean woken) {
        if (state.facts() != null && state.facts().ended()) {
            return state.phase() == Phase.ENDED ? new Stay() : new End();
        }
        if (state.phase() == Phase.PLANNED) {
            return new Stay();
        }
        return switch (Readiness.of(state.facts(), state.promise())) {
            case NotReady(String waitsFor) -> new Await(waitsFor);
            case AllPlaced _ -> state.phase() == Phase.ROUTED ? new Stay() : new Rest();
            case Ready(Demand demand) -> isTime(demand, woken) ? new Plan(demand, attempt(demand)) : new Stay();
        };
    }

    private boolean isTime(Demand demand, boolean woken) {
        return switch (state.phase()) {
            case WAITING, ROUTED, ENDED -> true;
            case PLANNED -> false;
            case RETRY -> woken || !isDecided(demand) || (state.attempts() == 0 && hasNewerFacts());
            case UNROUTABLE -> woken || !isDecided(demand) || isReleased();
        };
    }

    private int attempt(Demand demand) {
        return isDecided(demand) ? state.attempts() + 1 : 1;
    }

    private boolean isDecided(Demand demand) {
        return state.decision() != null && state.decision().demand().equals(demand);
    }

    private boolean isSameDemand() {
        return Readiness.of(state.facts(), state.promise()) instanceof Ready(Demand demand) && isDecided(demand);
    }

    private boolean hasNewerFacts() {
        return state.facts() != null
                && state.decision() != null
                && state.facts().version() > state.decision().orderVersion();
    }

    /// Whether the hold that our announcement led to is gone again.
    private boolean isReleased() {
        return state.facts() != null
                && state.unroutable() != null
                && state.facts().version() > state.unroutable().orderVersion()
                && !state.facts().isHeldAsUnroutable();
    }

    /// A plan was found and is announced.
    ///
    /// @return the number of the announcement
    public long planned(String planId, Plan next, Instant now) {
        state = new CaseState(
                state.orderId(),
                Phase.PLANNED,
                "the answer to plan " + planId,
                state.facts(),
                state.promise(),
                new Decision(planId, orderVersion(), next.demand(), now),
                next.attempt(),
                state.sequence() + 1,
                null,
                null,
                null);
        return state.sequence();
    }

    /// No plan was found. Says whether to announce that now.
    ///
    /// Missing stock is given time first, once per demand. A failure that stands announced with its hold is
    /// not announced again.
    ///
    /// @param claimed whether the stock is there, and outstanding plans of other orders claim it
    /// @return whether the failure is to be announced with the number that the state has afterwards
    public boolean failed(Plan next, NoPlan failure, boolean claimed, Instant now) {
        boolean starved = failure.cause() == PlanOutcome.Cause.NO_STOCK;
        Instant since = state.starvedSince() == null || !isDecided(next.demand()) ? now : state.starvedSince();
        Decision decision = new Decision(null, orderVersion(), next.demand(), now);
        Duration grace = claimed ? policy.claimGrace() : policy.stockGrace();
        if (starved && state.unroutable() == null && now.isBefore(since.plus(grace))) {
            // Claims end without a stock record, so they are looked at again and again.
            Instant end = since.plus(grace);
            Instant soon = now.plus(policy.pause());
            state = new CaseState(
                    state.orderId(),
                    Phase.RETRY,
                    "stock: " + failure.detail(),
                    state.facts(),
                    state.promise(),
                    decision,
                    next.attempt() - 1,
                    state.sequence(),
                    claimed && soon.isBefore(end) ? soon : end,
                    since,
                    null);
            return false;
        }
        return unroutable(failure.cause().name(), failure.detail(), decision, starved ? since : null);
    }

    /// Every attempt ran dry.
    ///
    /// @return whether to announce it, as in [#failed]
    public boolean gaveUp(String reason, String detail) {
        return unroutable(reason, detail, Objects.requireNonNull(state.decision()), null);
    }

    private boolean unroutable(String reason, String detail, Decision decision, @Nullable Instant starvedSince) {
        @Nullable Unroutable known = state.unroutable();
        boolean stands = known != null && known.reason().equals(reason) && !isReleased();
        state = new CaseState(
                state.orderId(),
                Phase.UNROUTABLE,
                reason + ": " + detail,
                state.facts(),
                state.promise(),
                decision,
                0,
                stands ? state.sequence() : state.sequence() + 1,
                null,
                starvedSince,
                stands ? known : new Unroutable(reason, orderVersion()));
        return !stands;
    }

    /// Waits for an event.
    public void await(String waitsFor) {
        move(Phase.WAITING, waitsFor, state.attempts(), null);
    }

    /// Everything has its place.
    public void rest() {
        move(Phase.ROUTED, "nothing is left to plan", 0, null);
    }

    /// It is over.
    public void end() {
        move(Phase.ENDED, "nobody waits for goods any longer", 0, null);
    }

    private void move(Phase phase, String note, int attempts, @Nullable Instant dueAt) {
        state = new CaseState(
                state.orderId(),
                phase,
                note,
                state.facts(),
                state.promise(),
                state.decision(),
                attempts,
                state.sequence(),
                dueAt,
                state.starvedSince(),
                phase == Phase.ROUTED ? null : state.unroutable());
    }

    private long orderVersion() {
        return Objects.requireNonNull(state.facts(), "planned without facts").version();
    }
}
