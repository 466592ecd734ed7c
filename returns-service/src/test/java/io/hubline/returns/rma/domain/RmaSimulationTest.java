package io.hubline.returns.rma.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.returns.rma.domain.Command.Disposition;
import io.hubline.returns.rma.domain.Command.Finding;
import io.hubline.returns.rma.domain.Decision.Advanced;
import io.hubline.returns.rma.domain.ReturnPolicy.Refunding;
import io.hubline.returns.rma.domain.RmaMachine.Asked;
import io.hubline.returns.rma.domain.RmaMachine.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: no sequence of commands over any number of returns of one line pays back more than was paid, takes
/// back more than left, has a unit in two returns, or tells versions with a gap; and what is closed owes
/// nobody anything. Method: random commands from a seed, the order's counts following the returns as the
/// tables do.
class RmaSimulationTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int SHIPPED = 7;
    private static final long PAID = 1_000;

    private final Map<String, Rma> returns = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 42})
    void the_bounds_hold_whatever_is_asked(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 2_000; step++) {
            if (random.nextInt(10) == 0) {
                String id = "RMA" + step;
                take(
                        null,
                        RmaMachine.open(
                                new Rma.Identity(id, "shop-a", "shopify", "1001", null),
                                order(),
                                List.of(new Asked("L", 1 + random.nextInt(3), "DEFECTIVE"))));
            } else if (!returns.isEmpty()) {
                Rma rma = List.copyOf(returns.values()).get(random.nextInt(returns.size()));
                take(rma, RmaMachine.decide(rma, any(random, rma, step), context(random)));
            }
            check();
        }
        assertThat(returns.values()).extracting(Rma::state).contains(RmaState.CLOSED);
    }

    private void take(@Nullable Rma before, Decision decision) {
        if (decision instanceof Advanced(Rma after, List<Announcement> told)) {
            long version = before == null ? 0 : before.version();
            for (Announcement announcement : told) {
                assertThat(announcement.version()).isEqualTo(++version);
            }
            assertThat(after.version()).isEqualTo(version);
            returns.put(after.identity().returnId(), after);
        }
    }

    private static Command any(Random random, Rma rma, int step) {
        Command.Units units = new Command.Units("L", 1 + random.nextInt(2));
        String refund = rma.refunds().isEmpty()
                ? "none"
                : rma.refunds().get(random.nextInt(rma.refunds().size())).refundId();
        return switch (random.nextInt(9)) {
            case 0 -> new Command.Cancel();
            case 1, 2 -> new Command.Receive("R" + step, "berlin", List.of(units));
            case 3 ->
                new Command.Inspect(
                        "I" + step,
                        List.of(new Finding(
                                "L",
                                units.quantity(),
                                "AS_NEW",
                                random.nextBoolean() ? Disposition.RESTOCK : Disposition.SCRAP,
                                "berlin")));
            case 4 -> new Command.GiveUp(List.of(units));
            case 5 -> new Command.PayBack("F" + step, List.of(units), random.nextInt(3) * 10L, "GOODWILL");
            case 6 -> new Command.RefundSettled(refund, new Refund.Settled("c", 1, "EUR"));
            case 7 -> new Command.RefundFailed(refund, new Refund.Failure("no", "look"));
            default -> new Command.Retry(refund);
        };
    }

    private void check() {
        assertThat(refunded()).isLessThanOrEqualTo(PAID);
        assertThat(shippingRefunded()).isLessThanOrEqualTo(30);
        List<Integer> held = held().stream().map(Unit::number).toList();
        assertThat(held).doesNotHaveDuplicates().allMatch(number -> number >= 0 && number < SHIPPED);
        assertThat(returns.values().stream()
                        .flatMap(rma -> rma.restocks().stream())
                        .mapToInt(Restock::quantity)
                        .sum())
                .isEqualTo((int) held().stream()
                        .filter(unit -> unit.custody() == Custody.RESTOCKED)
                        .count());
        returns.values().stream()
                .filter(rma -> rma.state() == RmaState.CLOSED)
                .forEach(rma -> assertThat(rma.isDone()).isTrue());
    }

    private List<Unit> held() {
        return returns.values().stream()
                .filter(rma -> rma.state().holdsUnits())
                .map(Rma::units)
                .flatMap(Collection::stream)
                .toList();
    }

    private long refunded() {
        return returns.values().stream()
                .flatMap(rma -> rma.refunds().stream())
                .flatMap(refund -> refund.lines().stream())
                .mapToLong(Refund.Line::amountMinor)
                .sum();
    }

    private long shippingRefunded() {
        return returns.values().stream()
                .flatMap(rma -> rma.refunds().stream())
                .mapToLong(Refund::shippingMinor)
                .sum();
    }

    private SoldOrder order() {
        Set<Integer> taken = held().stream().map(Unit::number).collect(Collectors.toSet());
        return new SoldOrder(
                "O",
                1,
                "shop-a",
                "shopify",
                "1001",
                30L,
                shippingRefunded(),
                List.of(new SoldLine(
                        "L",
                        "c-L",
                        "SKU",
                        SHIPPED,
                        NOON,
                        new SoldLine.Sale(SHIPPED, PAID, 100, "EUR"),
                        refunded(),
                        taken)));
    }

    private Context context(Random random) {
        Refunding[] all = Refunding.values();
        return new Context(
                order(),
                new ReturnPolicy(
                        Duration.ofDays(30), Map.of(), 10_000, Set.of(), Set.of(), all[random.nextInt(all.length)]),
                NOON);
    }
}
