package io.hubline.routing.plan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.routing.plan.domain.Next.Await;
import io.hubline.routing.plan.domain.Next.End;
import io.hubline.routing.plan.domain.Next.Plan;
import io.hubline.routing.plan.domain.Next.Rest;
import io.hubline.routing.plan.domain.Next.Stay;
import io.hubline.routing.plan.domain.PlanOutcome.Cause;
import io.hubline.routing.plan.domain.PlanOutcome.NoPlan;
import io.hubline.routing.plan.domain.Promise.PromisedLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteCaseTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration HALF = Duration.ofMillis(500);
    private static final RetryPolicy PATIENCE =
            new RetryPolicy(5, HALF, Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final NoPlan NO_STOCK = new NoPlan(Cause.NO_STOCK, "nothing is there", List.of());
    private static final NoPlan NO_RATE = new NoPlan(Cause.NO_RATE, "no rate", List.of());

    private final RouteCase order = new RouteCase(CaseState.unknown("o1"), PATIENCE);

    @Test
    void an_order_is_planned_when_facts_and_promise_are_there_in_any_order() {
        order.learn(held(1, 2));
        assertThat(order.next(false)).isEqualTo(new Await("the order itself"));

        order.learn(facts(1, 2));

        assertThat(order.next(false)).isInstanceOf(Plan.class);
    }

    @Test
    void a_hold_keeps_an_order_from_being_planned() {
        order.learn(facts(1, 2, "PAYMENT_PENDING"));
        order.learn(held(1, 2));

        assertThat(order.next(false)).isEqualTo(new Await("the release of PAYMENT_PENDING"));
    }

    @Test
    void units_without_a_promise_are_waited_for() {
        order.learn(facts(1, 2));
        order.learn(new Promise(1, List.of(new PromisedLine("1", "SHIRT", 1, 1, 0))));

        assertThat(order.next(false)).isEqualTo(new Await("1 units of SHIRT (line 1) that are not promised"));
    }

    @Test
    void a_promise_for_more_than_is_wanted_is_waited_for_until_it_is_released() {
        order.learn(facts(2, 1));
        order.learn(held(1, 2));

        assertThat(order.next(false)).isInstanceOf(Await.class);
    }

    @Test
    void a_destination_is_waited_for() {
        order.learn(new Facts(1, false, List.of(), null, null, null, List.of(new DemandLine("1", "SHIRT", 1))));
        order.learn(held(1, 1));

        assertThat(order.next(false)).isEqualTo(new Await("a destination"));
    }

    @Test
    void older_facts_and_promises_change_nothing() {
        order.learn(facts(5, 2));
        order.learn(held(5, 2));

        assertThat(order.learn(facts(4, 1))).isFalse();
        assertThat(order.learn(held(5, 1))).isFalse();
        assertThat(((Plan) order.next(false)).demand().lines()).containsExactly(new DemandLine("1", "SHIRT", 2));
    }

    @Test
    void while_a_plan_is_outstanding_nothing_is_planned() {
        planned();

        order.learn(facts(2, 2));
        assertThat(order.next(true)).isEqualTo(new Stay());
        order.learn(held(2, 2));
        assertThat(order.next(true)).isEqualTo(new Stay());
    }

    @Test
    void an_allocated_order_rests() {
        planned();

        order.learn(placed(2, 2));
        order.planHeld();

        assertThat(order.next(false)).isEqualTo(new Rest());
    }

    @Test
    void units_added_after_the_allocation_are_planned_alone() {
        planned();
        order.learn(placed(2, 2));
        order.planHeld();
        order.learn(facts(2, 3));
        order.learn(new Promise(3, List.of(new PromisedLine("1", "SHIRT", 1, 0, 2))));

        Plan next = (Plan) order.next(false);

        assertThat(next.demand().lines()).containsExactly(new DemandLine("1", "SHIRT", 1));
        assertThat(next.attempt()).isEqualTo(1);
    }

    @Test
    void a_dry_location_leads_to_the_next_attempt_after_a_pause_that_doubles() {
        planned();
        order.ranDry("L1", NOW);
        assertThat(order.next(false)).isEqualTo(new Stay());
        assertThat(order.state().dueAt()).isEqualTo(NOW.plus(HALF));

        Plan second = (Plan) order.next(true);
        order.planned("p2", second, NOW);
        order.ranDry("L1", NOW);

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(order.state().dueAt()).isEqualTo(NOW.plus(HALF).plus(HALF));
    }

    @Test
    void the_fifth_dry_plan_is_the_last() {
        planned();
        for (int attempt = 1; attempt < 5; attempt++) {
            assertThat(order.ranDry("L1", NOW)).isFalse();
            order.planned("p" + attempt, (Plan) order.next(true), NOW);
        }

        boolean last = order.ranDry("L1", NOW);
        boolean announce = order.gaveUp("RAN_DRY", "L1");

        assertThat(last).isTrue();
        assertThat(announce).isTrue();
        assertThat(order.state().phase()).isEqualTo(Phase.UNROUTABLE);
        assertThat(order.state().sequence()).isEqualTo(6);
    }

    @Test
    void a_changed_demand_starts_to_count_anew() {
        planned();
        order.ranDry("L1", NOW);

        order.learn(facts(2, 1));
        order.learn(held(2, 1));

        assertThat(order.next(false))
                .isInstanceOf(Plan.class)
                .extracting("attempt")
                .isEqualTo(1);
    }

    @Test
    void after_a_change_the_newer_facts_decide() {
        planned();
        order.orderChanged("version 2 is known", NOW);
        assertThat(order.next(false)).isEqualTo(new Stay());

        order.learn(facts(2, 2));

        assertThat(order.next(false))
                .isInstanceOf(Plan.class)
                .extracting("attempt")
                .isEqualTo(1);
    }

    @Test
    void a_change_whose_facts_never_come_is_planned_again_at_its_time() {
        planned();

        order.orderChanged("version 2 is known", NOW);

        assertThat(order.state().dueAt()).isEqualTo(NOW.plusSeconds(30));
        assertThat(order.next(true)).isInstanceOf(Plan.class);
    }

    @Test
    void a_cancelled_order_ends_even_with_a_plan_outstanding() {
        planned();

        order.learn(new Facts(2, true, List.of(), null, "US", null, List.of()));

        assertThat(order.next(false)).isEqualTo(new End());
    }

    @Test
    void missing_stock_is_given_time_before_it_is_said_aloud() {
        ready();
        Plan plan = (Plan) order.next(false);

        boolean first = order.failed(plan, NO_STOCK, false, NOW);
        boolean later = order.failed((Plan) order.next(true), NO_STOCK, false, NOW.plusSeconds(3));

        assertThat(first).isFalse();
        assertThat(later).isTrue();
        assertThat(order.state().phase()).isEqualTo(Phase.UNROUTABLE);
        assertThat(order.state().sequence()).isEqualTo(1);
    }

    @Test
    void stock_that_other_plans_claim_is_waited_for_longer() {
        ready();
        order.failed((Plan) order.next(false), NO_STOCK, true, NOW);

        boolean announce = order.failed((Plan) order.next(true), NO_STOCK, true, NOW.plusSeconds(20));

        assertThat(announce).isFalse();
        assertThat(order.state().dueAt()).isEqualTo(NOW.plusSeconds(20).plus(HALF));
    }

    @Test
    void a_missing_rate_is_said_at_once_and_once() {
        ready();
        boolean first = order.failed((Plan) order.next(false), NO_RATE, false, NOW);
        order.learn(facts(2, 2, Facts.UNROUTABLE));
        assertThat(order.next(false)).isEqualTo(new Stay());

        boolean second = order.failed((Plan) order.next(true), NO_RATE, false, NOW);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(order.state().sequence()).isEqualTo(1);
    }

    @Test
    void a_released_hold_is_a_question_asked_again_and_answered_again() {
        ready();
        order.failed((Plan) order.next(false), NO_RATE, false, NOW);
        order.learn(facts(2, 2, Facts.UNROUTABLE));
        order.next(false);
        order.learn(facts(3, 2));

        boolean again = order.failed((Plan) order.next(false), NO_RATE, false, NOW);

        assertThat(again).isTrue();
        assertThat(order.state().sequence()).isEqualTo(2);
    }

    @Test
    void a_lost_answer_does_not_hold_the_order_for_ever() {
        planned();
        assertThat(order.isPlanOvertaken()).isFalse();

        order.learn(placed(7, 2));

        assertThat(order.isPlanOvertaken()).isTrue();
    }

    private void ready() {
        order.learn(facts(1, 2));
        order.learn(held(1, 2));
    }

    private void planned() {
        ready();
        order.planned("p1", (Plan) order.next(false), NOW);
    }

    private static Facts facts(long version, int units, String... holds) {
        return new Facts(
                version, false, List.of(holds), null, "US", "NY", List.of(new DemandLine("1", "SHIRT", units)));
    }

    private static Promise held(long sequence, int units) {
        return new Promise(sequence, List.of(new PromisedLine("1", "SHIRT", units, 0, 0)));
    }

    private static Promise placed(long sequence, int units) {
        return new Promise(sequence, List.of(new PromisedLine("1", "SHIRT", 0, 0, units)));
    }
}
