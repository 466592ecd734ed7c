package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.Request.Assignment;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: no sequence of orders, changes, cancellations, plans, parcels, checkout holds, receipts, losses
/// and counts, of plain SKUs and of bundles, with and without escrow, repeated, late and in any order,
/// breaks a rule of the books. Method: random steps from a fixed seed, in batches of random size, against a
/// model that knows only totals; the rules are checked after every batch. A failure names the seed that
/// repeats it.
class BookkeeperSimulationTest {

    private static final List<String> SKUS = List.of("A", "B", "C");
    private static final List<String> LOCATIONS = List.of("berlin", "hamburg");
    private static final List<String> SOLD = List.of("A", "B", "C", "KIT", "SET");
    private static final int ORDERS = 25;
    private static final int HOLDS = 40;

    private final BooksInMemory books = new BooksInMemory();
    private final Map<String, Story> stories = new TreeMap<>();
    private final List<Request> sent = new ArrayList<>();
    private final Map<String, OrderDemand> newest = new HashMap<>();
    private final List<Request> late = new ArrayList<>();
    private final Map<Class<?>, Integer> outcomes = new HashMap<>();
    private final Set<Hold.State> states = EnumSet.noneOf(Hold.State.class);
    private int names;
    private long clock;

    /// One order as order-service knows it: the newest truth.
    private static final class Story {
        private final String id;
        private final Map<String, Line> lines = new TreeMap<>();
        private final List<Parcel> parcels = new ArrayList<>();
        private Promise.State state = Promise.State.OPEN;
        private long version;
        private long plans;

        private Story(String id) {
            this.id = id;
        }

        private Request.Promised tell() {
            version++;
            return new Request.Promised(new OrderDemand(
                    id,
                    version,
                    state,
                    Instant.ofEpochSecond(id.hashCode()),
                    null,
                    "shop",
                    "shop:" + id,
                    List.copyOf(lines.values()),
                    parcels));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 4711, 20261123})
    void the_books_keep_their_rules(long seed) {
        Random random = new Random(seed);
        books.bundles.put("KIT", new Bundle("KIT", new TreeMap<>(Map.of("A", 2, "B", 1))));
        books.bundles.put("SET", new Bundle("SET", new TreeMap<>(Map.of("B", 1, "C", 1))));
        escrow("offer-0", random.nextBoolean(), new TreeMap<>(Map.of(StockKey.of("A"), 1)));
        escrow("offer-1", random.nextBoolean(), new TreeMap<>(Map.of(StockKey.of("B"), 1, StockKey.of("C"), 1)));

        for (int step = 0; step < 1_500; step++) {
            clock++;
            List<Request> batch = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                batch.add(anything(random));
            }
            if (random.nextInt(5) == 0) {
                late.add(batch.removeLast());
            }
            if (random.nextInt(6) == 0 && !late.isEmpty()) {
                batch.add(late.remove(random.nextInt(late.size())));
            }
            if (random.nextInt(3) == 0 && !sent.isEmpty()) {
                batch.add(sent.get(random.nextInt(sent.size())));
            }
            batch.forEach(this::remember);
            boolean poisoned = random.nextInt(10) == 0;
            if (poisoned) {
                batch.add(random.nextInt(batch.size() + 1), POISON);
            }
            Decision decision = books.decide(batch);
            decision.holds().forEach(hold -> states.add(hold.state()));
            List<Outcome> answers = decision.outcomes();
            assertThat(answers).hasSameSizeAs(batch);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i) instanceof Outcome.Failed).isEqualTo(batch.get(i) == POISON);
                outcomes.merge(answers.get(i).getClass(), 1, Integer::sum);
            }
            publish(random);
            checkRules();
        }

        checkDemand();
        checkSequences();
        assertThat(books.movements).isNotEmpty();
        assertThat(books.noted).isPositive();
        assertThat(books.announcements).hasSizeGreaterThan(500);
        assertThat(outcomes)
                .containsKeys(
                        Outcome.Granted.class,
                        Outcome.Refused.class,
                        Outcome.Gone.class,
                        Outcome.Conflict.class,
                        Outcome.Failed.class);
        assertThat(states).containsExactlyInAnyOrder(Hold.State.values());
    }

    private static final Request POISON = new Request.Planned("nobody", 1, "poison", List.of());

    private void escrow(String offer, boolean restocks, SortedMap<StockKey, Integer> parts) {
        books.exposures.put(
                offer, Exposure.unknown(offer, parts, true, restocks, 0, 0, 0).settled(0, 0, 0, null));
    }

    /// As publications do: they raise what a channel may sell only out of what is not promised, and numbers
    /// settle.
    private void publish(Random random) {
        books.exposures.replaceAll((_, before) -> {
            boolean settles = random.nextInt(4) == 0 && !before.permits().isEmpty();
            int room = before.parts().keySet().stream()
                    .mapToInt(key -> books.pool(key.sku()).grantable())
                    .min()
                    .orElse(0);
            Exposure after = settles
                    ? before.settled(
                            before.permits().getLast().sequence(), before.level(), before.sold(), before.cancelled())
                    : before.published(clock, random.nextInt(before.mostWithin(room) + 1));
            before.parts()
                    .forEach((key, per) -> books.pools.merge(
                            key,
                            PoolPosition.empty(key),
                            (pool, _) -> pool.exposed((after.units() - before.units()) * per)));
            return after;
        });
    }

    private void remember(Request request) {
        if (request instanceof Request.Promised(OrderDemand demand)) {
            sent.add(request);
            newest.merge(demand.orderId(), demand, (one, two) -> one.version() > two.version() ? one : two);
        } else if (request instanceof Request.Planned) {
            sent.add(request);
        }
    }

    private Request anything(Random random) {
        int seen = (int) Math.min(ORDERS, 5 + clock / 40);
        Story story = stories.computeIfAbsent("order-" + random.nextInt(seen), Story::new);
        return switch (random.nextInt(17)) {
            case 0, 1 -> new Request.Moved(position(random), 1 + random.nextInt(6), Reason.RECEIPT, name("receipt"));
            case 2 -> new Request.Moved(position(random), -1 - random.nextInt(4), Reason.ADJUSTMENT, name("loss"));
            case 3 -> new Request.Counted(position(random), random.nextInt(8), name("count"));
            case 4, 5, 6 -> plan(story, random);
            case 7, 8 -> parcel(story, random);
            case 9 -> cancel(story, random);
            case 10, 11 -> ask(random);
            case 12 -> new Request.Extended(hold(random), now(), now().plusSeconds(1 + random.nextInt(100)));
            case 13 -> new Request.Released(hold(random), now(), random.nextInt(3) == 0);
            case 14 -> new Request.Converted(hold(random), "shop:" + paidFor(random), now());
            case 15 -> new Request.Expired(hold(random), now());
            default -> change(story, random);
        };
    }

    private Request change(Story story, Random random) {
        if (story.state == Promise.State.OPEN) {
            String id = "line-" + random.nextInt(3);
            int shipped = story.parcels.stream()
                    .filter(parcel -> parcel.lineId().equals(id))
                    .mapToInt(Parcel::quantity)
                    .sum();
            int wanted = shipped + random.nextInt(4);
            int ordered = Math.max(
                    wanted + random.nextInt(4) / 3,
                    story.lines.containsKey(id) ? story.lines.get(id).ordered() : 0);
            story.lines.put(id, new Line(id, any(SOLD, random), "offer-" + random.nextInt(3), wanted, ordered));
        }
        return story.tell();
    }

    private Request ask(Random random) {
        SortedMap<String, Integer> lines = new TreeMap<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            lines.merge(any(SOLD, random), 1 + random.nextInt(2), Integer::sum);
        }
        return new Request.Held(
                hold(random), StockKey.DEFAULT_POOL, lines, now(), now().plusSeconds(1 + random.nextInt(200)));
    }

    /// Ids go out of use after a while: each is asked for about as often as there are kinds of requests.
    private String hold(Random random) {
        return "hold-" + (clock / 50 * HOLDS / 10 + random.nextInt(HOLDS));
    }

    /// An order that is here, that is still to come, or that never comes.
    private static String paidFor(Random random) {
        return "order-" + random.nextInt(2 * ORDERS);
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock);
    }

    private Request cancel(Story story, Random random) {
        if (random.nextInt(3) == 0) {
            story.state = Promise.State.CANCELLED;
        }
        return story.tell();
    }

    /// What the warehouse does is its own affair: from where it was planned, or from anywhere else.
    private Request parcel(Story story, Random random) {
        if (story.state == Promise.State.OPEN) {
            story.lines.values().stream().findAny().ifPresent(line -> {
                int shipped = story.parcels.stream()
                        .filter(parcel -> parcel.lineId().equals(line.lineId()))
                        .mapToInt(Parcel::quantity)
                        .sum();
                if (shipped < line.quantity()) {
                    story.parcels.add(new Parcel(
                            name("shipment"),
                            any(LOCATIONS, random),
                            line.lineId(),
                            1 + random.nextInt(line.quantity() - shipped)));
                }
            });
        }
        return story.tell();
    }

    private Request plan(Story story, Random random) {
        Promise promise = books.promises.get(story.id);
        if (promise == null) {
            return change(story, random);
        }
        List<Assignment> assignments = promise.lines().values().stream()
                .filter(line -> line.held() > 0)
                .map(line -> new Assignment(
                        line.lineId(), line.key().sku(), any(LOCATIONS, random), line.held() + random.nextInt(8) / 7))
                .toList();
        story.plans++;
        return new Request.Planned(story.id, story.plans, name("plan"), assignments);
    }

    private void checkRules() {
        for (String sku : SKUS) {
            PoolPosition pool = books.pool(sku);
            int ledger = LOCATIONS.stream()
                    .mapToInt(location -> ledger(sku, location))
                    .sum();
            StockKey key = StockKey.of(sku);
            List<Reservation> lines = lines().stream()
                    .filter(line -> line.parts().containsKey(key))
                    .toList();
            int kept = books.holds.values().stream()
                    .filter(Hold::isLive)
                    .mapToInt(hold -> hold.parts().getOrDefault(key, 0))
                    .sum();
            assertThat(pool.onHand()).isEqualTo(ledger);
            assertThat(pool.reserved()).isLessThanOrEqualTo(pool.onHand() + pool.shortBy());
            assertThat(pool.reserved()).isEqualTo(kept + sum(lines, key, line -> line.held() + line.allocated()));
            assertThat(pool.backordered()).isEqualTo(sum(lines, key, Reservation::backordered));
            assertThat(pool.exposed())
                    .isEqualTo(books.exposures.values().stream()
                            .mapToInt(exposure -> exposure.unitsOf(key))
                            .sum());
            for (String location : LOCATIONS) {
                Position position = books.position(sku, location);
                assertThat(position.onHand()).isEqualTo(ledger(sku, location));
                assertThat(position.allocated())
                        .isEqualTo(sum(lines, key, line -> line.at(location).allocated()));
            }
        }
        assertThat(lines())
                .filteredOn(line -> line.backordered() > 0)
                .as("what waits could not be made of what is free")
                .allSatisfy(line -> assertThat(Parts.whole(
                                line.parts(), key -> books.pool(key.sku()).free()))
                        .isZero());
        books.exposures.forEach((offer, exposure) -> {
            Decision.Sales sales = books.sales.getOrDefault(offer, Decision.Sales.NONE);
            assertThat(exposure.sold()).isEqualTo(sales.sold());
            assertThat(exposure.cancelled()).isEqualTo(sales.cancelled());
        });
    }

    private List<Reservation> lines() {
        return books.promises.values().stream()
                .flatMap(promise -> promise.lines().values().stream())
                .toList();
    }

    private static int sum(List<Reservation> lines, StockKey key, ToIntFunction<Reservation> units) {
        return lines.stream()
                .mapToInt(line -> units.applyAsInt(line) * line.parts().getOrDefault(key, 0))
                .sum();
    }

    private void checkSequences() {
        books.sequences.forEach((order, sequences) -> {
            assertThat(sequences)
                    .isEqualTo(
                            LongStream.rangeClosed(1, sequences.size()).boxed().toList());
            assertThat(books.promise(order).sequence()).isEqualTo(sequences.size());
        });
    }

    /// Whatever was lost, doubled or overtaken on the way: the promise is what the newest facts ask for.
    private void checkDemand() {
        Map<String, Decision.Sales> sold = new HashMap<>();
        newest.forEach((order, demand) -> books.promise(order).lines().values().forEach(line -> {
            int wanted = demand.lines().stream()
                    .filter(one -> one.lineId().equals(line.lineId()))
                    .mapToInt(Line::quantity)
                    .sum();
            int shipped = demand.shipped(line.lineId());
            assertThat(line.shipped()).isEqualTo(shipped);
            assertThat(line.wanted())
                    .isEqualTo(demand.state() == Promise.State.CANCELLED ? shipped : Math.max(wanted, shipped));
            sold.merge(
                    String.valueOf(line.offer()),
                    new Decision.Sales(line.ordered(), line.ordered() - line.wanted()),
                    (one, two) -> one.plus(two.sold(), two.cancelled()));
        }));
        assertThat(books.sales)
                .allSatisfy(
                        (offer, sales) -> assertThat(sales).isEqualTo(sold.getOrDefault(offer, Decision.Sales.NONE)));
    }

    private int ledger(String sku, String location) {
        return books.ledger.getOrDefault(new PositionKey(sku, location), 0);
    }

    private static PositionKey position(Random random) {
        return new PositionKey(any(SKUS, random), any(LOCATIONS, random));
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String name(String kind) {
        return kind + " " + names++;
    }
}
