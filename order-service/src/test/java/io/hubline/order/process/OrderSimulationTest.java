package io.hubline.order.process;

import static io.hubline.order.process.domain.Orders.NOON;
import static io.hubline.order.process.domain.Orders.allocated;
import static io.hubline.order.process.domain.Orders.backordered;
import static io.hubline.order.process.domain.Orders.held;
import static io.hubline.order.process.domain.Orders.line;
import static io.hubline.order.process.domain.Orders.observed;
import static io.hubline.order.process.domain.Orders.parcel;
import static io.hubline.order.process.domain.Orders.refused;
import static io.hubline.order.process.domain.Orders.routed;
import static io.hubline.order.process.domain.Orders.snapshot;
import static io.hubline.order.process.domain.Orders.unroutable;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.contracts.order.OrderFacts;
import io.hubline.order.process.domain.Announcement;
import io.hubline.order.process.domain.Decision;
import io.hubline.order.process.domain.HoldReason;
import io.hubline.order.process.domain.Line;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.OrderInput;
import io.hubline.order.process.domain.OrderInput.SnapshotObserved;
import io.hubline.order.process.domain.OrderMachine;
import io.hubline.order.process.domain.Orders;
import io.hubline.order.process.domain.Snapshot;
import io.hubline.order.process.domain.Snapshot.Status;
import io.hubline.order.process.domain.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderSimulationTest {

    private static final int STEPS = 400;
    private static final List<String> NAMES = List.of("A", "B", "C");
    private static final List<String> PLACES = List.of("berlin", "lyon");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /// Goal: whatever happens to an order, its versions have no gaps, every change of its facts is told and
    /// nothing else is, no number falls below what has left, and a repeated input changes nothing. Method:
    /// random inputs of all kinds from a fixed seed, each decided upon twice.
    @ParameterizedTest
    @MethodSource("seeds")
    void facts_and_versions_move_together(long seed) {
        Random random = new Random(seed);
        Order order = Orders.accepted(line("A", 2), line("B", 1));

        for (int step = 2; step < STEPS; step++) {
            OrderInput input = anyInput(random, order, step);
            Decision decision = OrderMachine.decide(order, input, NOON.plusSeconds(step));
            Order next = after(order, decision);

            if (decision instanceof Decision.Advanced(Order advanced, List<Announcement> told)) {
                assertThat(told)
                        .extracting(Announcement::version)
                        .isEqualTo(LongStream.rangeClosed(order.version() + 1, advanced.version())
                                .boxed()
                                .toList());
                assertThat(told.isEmpty())
                        .as("seed %d step %d: %s told %s", seed, step, input, told)
                        .isEqualTo(facts(order).equals(facts(advanced))
                                && (order.stage().isPickable()
                                        || !advanced.stage().isPickable()));
            }
            for (Line line : next.lines()) {
                assertThat(next.shipped(line)).isLessThanOrEqualTo(next.wanted(line));
            }
            if (next.stage() == Stage.RELEASED) {
                assertThat(next.picks()).isNotEmpty();
            }
            Decision again = OrderMachine.decide(next, input, NOON.plusSeconds(step));
            assertThat(after(next, again).version())
                    .as("seed %d step %d: %s again", seed, step, input)
                    .isEqualTo(next.version());
            order = next;
        }
    }

    /// Goal: what is said of an order in any order of arrival, some of it twice, ends in the same facts.
    /// Method: one true sequence of snapshots, promises and plans, shuffled with duplicates.
    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_of_arrival_does_not_matter(long seed) {
        Random random = new Random(seed);
        List<Snapshot> snapshots = new ArrayList<>();
        List<OrderInput> said = new ArrayList<>();
        Order named = Orders.accepted(line("A", 1), line("B", 1), line("C", 1));
        for (int second = 1; second <= 6; second++) {
            snapshots.add(anySnapshot(random, second));
            said.add(held(named, second, "A", random.nextInt(4)));
        }
        said.add(allocated(named, 7, "A", Map.of("berlin", 1 + random.nextInt(3))));
        said.add(routed(1, 1, "plan-1"));
        said.add(routed(2, 2, "plan-2"));

        Order inOrder = takeIn(snapshots, said);
        List<Snapshot> shuffledSnapshots = twiceInSomeOrder(snapshots, random);
        Order shuffled = takeIn(shuffledSnapshots, twiceInSomeOrder(said, random));

        assertThat(wanted(shuffled)).as("seed %d", seed).isEqualTo(wanted(inOrder));
        assertThat(facts(shuffled).state()).isEqualTo(facts(inOrder).state());
        assertThat(facts(shuffled).holds()).isEqualTo(facts(inOrder).holds());
        assertThat(shuffled.picks()).isEqualTo(inOrder.picks());
        assertThat(shuffled.promise()).isEqualTo(inOrder.promise());
        assertThat(shuffled.route()).isEqualTo(inOrder.route());
    }

    private static Order takeIn(List<Snapshot> snapshots, List<OrderInput> said) {
        Order order =
                OrderMachine.accept(Orders.IDENTITY, snapshots.getFirst(), NOON).order();
        List<OrderInput> inputs = new ArrayList<>(said);
        snapshots.stream().skip(1).map(SnapshotObserved::new).forEach(inputs::add);
        for (OrderInput input : inputs) {
            order = after(order, OrderMachine.decide(order, input, NOON));
        }
        return order;
    }

    private static <T> List<T> twiceInSomeOrder(List<T> inputs, Random random) {
        List<T> all = new ArrayList<>(inputs);
        inputs.stream().filter(_ -> random.nextBoolean()).forEach(all::add);
        Collections.shuffle(all, random);
        return all;
    }

    private static OrderInput anyInput(Random random, Order order, int step) {
        String name = order.lines().get(random.nextInt(order.lines().size())).channelLineId();
        String place = PLACES.get(random.nextInt(PLACES.size()));
        int units = 1 + random.nextInt(3);
        long version = Math.max(1, order.version() - random.nextInt(3));
        return switch (random.nextInt(12)) {
            case 0, 1 -> observed(anySnapshot(random, step - random.nextInt(2)));
            case 2 -> held(order, step, name, units);
            case 3 -> backordered(order, step, name, 0, units);
            case 4, 5 -> allocated(order, step, name, Map.of(place, 3), shipped(order, name));
            case 6 -> refused(order, step, name, units, "plan-" + (step - 1));
            case 7 -> routed(step, version, "plan-" + step);
            case 8 -> unroutable(step, version);
            case 9, 10 -> parcel(order, "S" + step, place, name, units);
            default -> word(random);
        };
    }

    private static OrderInput word(Random random) {
        HoldReason[] reasons = HoldReason.values();
        return switch (random.nextInt(20)) {
            case 0 -> new OrderInput.CancellationRequested("no more");
            case 1, 2, 3 -> new OrderInput.HoldPlaced("look at it");
            default -> new OrderInput.HoldReleased(reasons[random.nextInt(reasons.length)]);
        };
    }

    private static int shipped(Order order, String name) {
        return order.lines().stream()
                .filter(line -> line.channelLineId().equals(name))
                .mapToInt(order::shipped)
                .sum();
    }

    private static Snapshot anySnapshot(Random random, int second) {
        Snapshot.Line[] lines = NAMES.stream()
                .filter(_ -> random.nextInt(4) > 0)
                .map(name -> line(name, random.nextInt(4)))
                .toArray(Snapshot.Line[]::new);
        Status status =
                random.nextInt(12) == 0 ? Status.CANCELLED : random.nextBoolean() ? Status.OPEN : Status.PENDING;
        return snapshot(second, status, lines);
    }

    private static Order after(Order order, Decision decision) {
        return switch (decision) {
            case Decision.Advanced advanced -> advanced.order();
            case Decision.Ignored _, Decision.Refused _ -> order;
        };
    }

    /// The published facts, as if at one version.
    private static OrderFacts facts(Order order) {
        return OrderEvents.event(order, new Announcement.Accepted(1), NOON).facts();
    }

    private static List<OrderFacts.DemandLine> wanted(Order order) {
        return facts(order).lines().stream()
                .filter(line -> line.quantity() > 0)
                .sorted(Comparator.comparing(OrderFacts.DemandLine::lineId))
                .toList();
    }
}
