package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.Request.Assignment;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: no sequence of orders, changes, cancellations, plans, parcels, receipts, losses and counts,
/// repeated, late
/// and in any order, breaks a rule of the books.
/// Method: random steps from a fixed seed, in batches of random size, against a model that knows only
/// totals; the rules
/// are checked after every batch. A failure names the seed that repeats it.
class BookkeeperSimulationTest {

    private static final List<String> SKUS = List.of("A", "B", "C");
    private static final List<String> LOCATIONS = List.of("berlin", "hamburg");
    private static final int ORDERS = 25;

    private final BooksInMemory books = new BooksInMemory();
    private final Map<String, Story> stories = new TreeMap<>();
    private final List<Request> sent = new ArrayList<>();
    private final Map<String, OrderDemand> newest = new HashMap<>();
    private final List<Request> late = new ArrayList<>();
    private int names;

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

        for (int step = 0; step < 1_500; step++) {
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
            books.decide(batch);
            checkRules();
        }

        checkDemand();
        checkSequences();
        assertThat(books.movements).isNotEmpty();
        assertThat(books.noted).isPositive();
        assertThat(books.announcements).hasSizeGreaterThan(500);
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
        Story story = stories.computeIfAbsent("order-" + random.nextInt(ORDERS), Story::new);
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Request.Moved(position(random), 1 + random.nextInt(6), Reason.RECEIPT, name("receipt"));
            case 2 -> new Request.Moved(position(random), -1 - random.nextInt(4), Reason.ADJUSTMENT, name("loss"));
            case 3 -> new Request.Counted(position(random), random.nextInt(8), name("count"));
            case 4, 5, 6 -> plan(story, random);
            case 7, 8 -> parcel(story, random);
            case 9 -> cancel(story, random);
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
            story.lines.put(id, new Line(id, any(SKUS, random), "offer-" + random.nextInt(2), wanted, wanted));
        }
        return story.tell();
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
            List<Reservation> lines = books.promises.values().stream()
                    .flatMap(promise -> promise.lines().values().stream())
                    .filter(line -> line.key().equals(StockKey.of(sku)))
                    .toList();
            assertThat(pool.onHand()).isEqualTo(ledger);
            assertThat(pool.reserved()).isLessThanOrEqualTo(pool.onHand() + pool.shortBy());
            assertThat(pool.reserved())
                    .isEqualTo(lines.stream()
                            .mapToInt(line -> line.held() + line.allocated())
                            .sum());
            assertThat(pool.backordered())
                    .isEqualTo(lines.stream().mapToInt(Reservation::backordered).sum());
            assertThat(Math.min(pool.free(), pool.backordered()))
                    .as("units free while somebody waits for %s", sku)
                    .isZero();
            for (String location : LOCATIONS) {
                Position position = books.position(sku, location);
                assertThat(position.onHand()).isEqualTo(ledger(sku, location));
                assertThat(position.allocated())
                        .isEqualTo(lines.stream()
                                .mapToInt(line -> line.at(location).allocated())
                                .sum());
            }
        }
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
        Map<String, Integer> booked = new HashMap<>();
        newest.forEach((order, demand) -> books.promise(order).lines().values().forEach(line -> {
            int wanted = demand.lines().stream()
                    .filter(one -> one.lineId().equals(line.lineId()))
                    .mapToInt(Line::quantity)
                    .sum();
            int shipped = demand.shipped(line.lineId());
            assertThat(line.shipped()).isEqualTo(shipped);
            assertThat(line.wanted())
                    .isEqualTo(demand.state() == Promise.State.CANCELLED ? shipped : Math.max(wanted, shipped));
            booked.merge(String.valueOf(line.offer()), line.wanted(), Integer::sum);
        }));
        assertThat(books.sales)
                .allSatisfy((offer, sales) -> assertThat(sales.booked()).isEqualTo(booked.get(offer)));
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
