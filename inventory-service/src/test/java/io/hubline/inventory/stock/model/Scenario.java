package io.hubline.inventory.stock.model;

import io.hubline.inventory.stock.model.Command.Parcel;
import io.hubline.inventory.stock.model.Command.Part;
import io.hubline.inventory.stock.model.Command.Standing;
import io.hubline.inventory.stock.model.Command.Want;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A trade drawn from a seed: commands of every kind, some late, some twice, some that contradict the
/// books, in batches of random size.
public final class Scenario {

    static final List<String> SKUS = List.of("A", "B", "C");
    /// What is sold as one and lies there as several.
    public static final Map<String, SortedMap<String, Integer>> BUNDLES =
            Map.of("KIT", units("A", 1, "B", 1), "SIX", units("B", 2, "C", 4));

    private static final List<String> SOLD = List.of("A", "A", "B", "B", "C", "KIT", "SIX");
    static final List<String> LOCATIONS = List.of("berlin", "hamburg", "outlet");
    static final List<String> POOLS = List.of("default", "clearance");

    /// Of locations and accounts that do not belong to the default pool.
    public static final Map<String, String> IN_POOLS = Map.of("outlet", "clearance", "bargains", "clearance");

    private static final List<String> ACCOUNTS = List.of("shop", "shop", "shop", "bargains");
    private static final List<String> OFFERS = List.of("shop:1", "shop:2");

    // So few at a time that they meet over the same units.
    private static final int ORDERS = 15;
    private static final int BATCH_MAX = 8;

    private final Random random;
    private final Model model = new Model(BUNDLES, IN_POOLS);
    private final Map<Integer, Story> stories = new TreeMap<>();
    private final List<Command> sent = new ArrayList<>();
    private final List<Command> late = new ArrayList<>();
    private final List<Command.Hold> holds = new ArrayList<>();
    private final List<Command.Send> transfers = new ArrayList<>();
    private final Map<Model.Spot, Integer> booked = new HashMap<>();
    private long now = 1_000_000;
    private int names;

    /// One order as others know it: the newest truth.
    private static final class Story {
        private final String id;
        private final long placedAt;
        private final @Nullable Long shipBy;
        private final String account;
        private final Map<String, Want> wants = new TreeMap<>();
        private final List<Parcel> parcels = new ArrayList<>();
        private Standing standing = Standing.OPEN;
        private long version;
        private long plans;

        private Story(String id, long placedAt, @Nullable Long shipBy, String account) {
            this.id = id;
            this.placedAt = placedAt;
            this.shipBy = shipBy;
            this.account = account;
        }

        private Command.Demand tell() {
            version++;
            return new Command.Demand(
                    id,
                    version,
                    standing,
                    placedAt,
                    shipBy,
                    channelOrder(),
                    account,
                    List.copyOf(wants.values()),
                    parcels);
        }

        private String channelOrder() {
            return "shop:" + id;
        }

        private int shipped(String line) {
            return parcels.stream()
                    .filter(parcel -> parcel.line().equals(line))
                    .mapToInt(Parcel::quantity)
                    .sum();
        }
    }

    private Scenario(long seed) {
        random = new Random(seed);
    }

    /// Batches with so many commands in all.
    public static List<List<Command>> draw(long seed, int commands) {
        Scenario scenario = new Scenario(seed);
        List<List<Command>> batches = new ArrayList<>();
        for (int drawn = 0; drawn < commands; drawn += batches.getLast().size()) {
            List<Command> batch = scenario.batch(Math.min(commands - drawn, 1 + scenario.random.nextInt(BATCH_MAX)));
            batches.add(batch);
        }
        return batches;
    }

    private List<Command> batch(int size) {
        // Somebody who counts can have seen only what was written before.
        for (String sku : SKUS) {
            for (String location : LOCATIONS) {
                Model.Spot spot = new Model.Spot(sku, location);
                booked.put(spot, model.movements(spot).size());
            }
        }
        List<Command> batch = new ArrayList<>();
        while (batch.size() < size) {
            Command command = next();
            if (random.nextInt(20) == 0 && isOrdered(command)) {
                late.add(command);
            } else {
                batch.add(command);
                sent.add(command);
                model.apply(command);
            }
        }
        return batch;
    }

    private Command next() {
        if (!late.isEmpty() && random.nextInt(20) == 0) {
            return late.remove(random.nextInt(late.size()));
        }
        if (!sent.isEmpty() && random.nextInt(10) == 0) {
            Command again = sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 200)));
            if (isOrdered(again)) {
                return again;
            }
        }
        now += random.nextInt(20);
        int place = random.nextInt(ORDERS);
        Story story = stories.computeIfAbsent(place, _ -> story());
        return switch (random.nextInt(38)) {
            case 0, 1, 2 -> new Command.Move(sku(), location(), 1 + random.nextInt(6), "RECEIPT", name("receipt"));
            case 3 -> new Command.Move(sku(), location(), -1 - random.nextInt(4), "ADJUSTMENT", name("loss"));
            case 4 -> new Command.Move(sku(), location(), 1 + random.nextInt(3), "RETURN", name("return"));
            case 5 -> count();
            case 24 -> receive();
            case 25, 26 -> send();
            case 27, 28 -> arrive();
            case 6, 7, 8, 9, 10 -> plan(story);
            case 11, 12, 13 -> parcel(story);
            case 14 -> cancel(story, place);
            case 15 -> complete(story, place);
            case 16 -> poison(story);
            case 17, 18, 19 -> hold();
            case 20, 21, 22, 23 -> followUp(story);
            default -> change(story);
        };
    }

    /// Whether it may come twice and late: it has a number or an id that orders it among its like. A
    /// movement has none in the books; whoever asks for one is remembered outside of them.
    private static boolean isOrdered(Command command) {
        return switch (command) {
            case Command.Demand _, Command.Plan _ -> true;
            case Command.Hold _, Command.Extend _, Command.Release _, Command.Expire _, Command.Convert _ -> true;
            case Command.Send _, Command.Close _ -> true;
            case Command.Move _, Command.Receive _, Command.Count _, Command.Arrive _ -> false;
        };
    }

    private Story story() {
        return new Story(
                name("order"),
                random.nextInt(1_000_000),
                random.nextBoolean() ? random.nextLong(1_000_000) : null,
                any(ACCOUNTS));
    }

    private Command change(Story story) {
        if (story.standing == Standing.OPEN) {
            String line = "line-" + random.nextInt(3);
            if (random.nextInt(12) == 0) {
                story.wants.remove(line);
            } else {
                @Nullable Want before = story.wants.get(line);
                // Rarely, a line is mapped to another SKU.
                String sku = before == null || random.nextInt(10) == 0 ? any(SOLD) : before.sku();
                @Nullable String offer = random.nextInt(4) == 0 ? null : any(OFFERS);
                int quantity = story.shipped(line) + random.nextInt(4);
                int ordered = Math.max(quantity, (before == null ? 0 : before.ordered()) + random.nextInt(2));
                story.wants.put(line, new Want(line, sku, offer, quantity, ordered));
            }
        }
        return story.tell();
    }

    private Command cancel(Story story, int place) {
        story.standing = Standing.CANCELLED;
        return told(story, place);
    }

    private Command complete(Story story, int place) {
        boolean allLeft = story.wants.values().stream().allMatch(want -> story.shipped(want.line()) >= want.quantity());
        if (!story.wants.isEmpty() && (allLeft || random.nextInt(10) == 0)) {
            story.standing = Standing.COMPLETED;
            return allLeft ? told(story, place) : story.tell();
        }
        return story.tell();
    }

    /// The last that is heard of it, mostly; another order takes its place.
    private Command told(Story story, int place) {
        if (random.nextInt(3) > 0) {
            stories.remove(place);
        }
        return story.tell();
    }

    /// What a warehouse does is its own affair: it ships from where it was planned, or from anywhere else.
    private Command parcel(Story story) {
        List<Want> unshipped = story.wants.values().stream()
                .filter(want -> story.shipped(want.line()) < want.quantity())
                .toList();
        if (story.standing != Standing.CANCELLED && !unshipped.isEmpty()) {
            Want want = any(unshipped);
            int left = want.quantity() - story.shipped(want.line());
            Model.@Nullable Order order = model.order(story.id);
            String location = location();
            if (order != null && random.nextInt(4) > 0) {
                location = order.allocations(want.line()).stream().findFirst().orElse(location);
            }
            story.parcels.add(new Parcel(name("shipment"), location, want.line(), 1 + random.nextInt(left)));
        }
        return story.tell();
    }

    private Command plan(Story story) {
        Model.@Nullable Order order = model.order(story.id);
        if (order == null) {
            return change(story);
        }
        List<Part> parts = new ArrayList<>();
        for (Model.Line line : order.lines()) {
            int first = line.held() == 0 ? 0 : random.nextInt(line.held() + 1);
            int wrong = random.nextInt(25) == 0 ? 1 : 0;
            // Mostly where it can lie.
            List<String> places = story.account.equals("bargains") != (random.nextInt(15) == 0)
                    ? List.of("outlet", "outlet")
                    : List.of("berlin", "hamburg");
            if (first > 0) {
                parts.add(new Part(line.id(), line.sku(), places.getFirst(), first));
            }
            if (line.held() - first + wrong > 0) {
                parts.add(new Part(line.id(), line.sku(), places.getLast(), line.held() - first + wrong));
            }
        }
        story.plans++;
        return new Command.Plan(story.id, story.plans, name("plan"), parts);
    }

    private Command count() {
        String sku = sku();
        String location = location();
        int movements = booked.getOrDefault(new Model.Spot(sku, location), 0);
        @Nullable
        Integer after = random.nextBoolean()
                ? null
                : random.nextInt(20) == 0 ? movements + 1_000 : Math.max(0, movements - random.nextInt(6));
        return new Command.Count(sku, location, random.nextInt(8), after, name("count"));
    }

    private Command receive() {
        List<Command.Move> lines = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int units = random.nextInt(30) == 0 ? 1_000_000_000 : 1 + random.nextInt(3);
            lines.add(new Command.Move(sku(), location(), units, "RECEIPT", name("receipt")));
        }
        return new Command.Receive(lines);
    }

    private Command send() {
        SortedMap<String, Integer> units = new TreeMap<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            units.put(sku(), 1 + random.nextInt(3));
        }
        String from = location();
        String to = any(LOCATIONS.stream().filter(other -> !other.equals(from)).toList());
        Command.Send send = new Command.Send(name("transfer"), from, to, units);
        transfers.add(send);
        return send;
    }

    /// Of one of the newest transfers: some arrives, too much, or no more will.
    private Command arrive() {
        if (transfers.isEmpty()) {
            return send();
        }
        Command.Send send = transfers.get(transfers.size() - 1 - random.nextInt(Math.min(transfers.size(), 6)));
        if (random.nextInt(6) == 0) {
            return new Command.Close(send.transfer(), send.to());
        }
        SortedMap<String, Integer> units = new TreeMap<>();
        send.units().forEach((sku, sent) -> {
            if (random.nextBoolean()) {
                units.put(sku, 1 + random.nextInt(sent));
            }
        });
        if (units.isEmpty()) {
            units.put(any(SKUS), 1);
        }
        return new Command.Arrive(send.transfer(), send.to(), name("arrival"), units);
    }

    private Command hold() {
        SortedMap<String, Integer> units = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            units.put(any(SOLD), 1 + random.nextInt(2));
        }
        Command.Hold hold = new Command.Hold(
                name("hold"),
                random.nextInt(5) == 0 ? "clearance" : "default",
                units,
                now,
                now + 1 + random.nextInt(3_000));
        holds.add(hold);
        return hold;
    }

    /// What becomes of one of the newest holds, or the same id asked for again, with the same content or
    /// another.
    private Command followUp(Story story) {
        if (holds.isEmpty()) {
            return hold();
        }
        Command.Hold hold = holds.get(holds.size() - 1 - random.nextInt(Math.min(holds.size(), 12)));
        long at = random.nextBoolean() ? now : now - random.nextInt(500);
        return switch (random.nextInt(10)) {
            case 0 -> new Command.Extend(hold.id(), at, at + random.nextInt(4_000));
            case 1 -> new Command.Release(hold.id(), at, random.nextBoolean());
            case 2 -> new Command.Expire(hold.id(), at);
            case 3 -> new Command.Hold(hold.id(), hold.pool(), units("A", 1, "B", 2), at, at + 100);
            case 4 -> new Command.Hold(hold.id(), hold.pool(), hold.units(), at, at + 100);
            case 5 -> new Command.Release(name("hold"), at, false);
            case 6 -> new Command.Convert(hold.id(), "shop:" + name("order"), at);
            default -> {
                // Mostly an order that is yet to come, or not long there, and wants what is kept for it.
                if (story.wants.isEmpty() && story.standing == Standing.OPEN) {
                    int line = 0;
                    for (Map.Entry<String, Integer> kept : hold.units().entrySet()) {
                        String id = "line-" + line++;
                        story.wants.put(id, new Want(id, kept.getKey(), any(OFFERS), kept.getValue(), kept.getValue()));
                    }
                    late.add(story.tell());
                }
                yield new Command.Convert(hold.id(), story.channelOrder(), at);
            }
        };
    }

    /// What contradicts the books. It must change nothing, and nothing beside it.
    private Command poison(Story story) {
        return switch (random.nextInt(5)) {
            case 0 -> new Command.Plan(name("nobody"), 1, name("plan"), List.of());
            case 1 -> {
                String sku = any(SKUS);
                int there = model.pool(new Model.Key("default", sku)).onHand();
                yield new Command.Move(sku, "berlin", there == 0 ? 1 : Integer.MAX_VALUE, "RECEIPT", name("receipt"));
            }
            case 2 -> {
                String sku = sku();
                yield new Command.Demand(
                        name("glutton"),
                        1,
                        Standing.OPEN,
                        0,
                        null,
                        null,
                        "shop",
                        List.of(
                                new Want("line-0", sku, null, Integer.MAX_VALUE, Integer.MAX_VALUE),
                                new Want("line-1", sku, null, Integer.MAX_VALUE, Integer.MAX_VALUE)),
                        List.of());
            }
            case 3 -> {
                // More of the versions that follow must be believed, so it takes no number of its own.
                Command.Demand truth = new Command.Demand(
                        story.id,
                        story.version + 1,
                        story.standing,
                        story.placedAt,
                        story.shipBy,
                        story.channelOrder(),
                        story.account,
                        List.copyOf(story.wants.values()),
                        story.parcels.isEmpty()
                                ? List.of(new Parcel(name("shipment"), location(), "no-line", 1))
                                : story.parcels.subList(1, story.parcels.size()));
                yield truth;
            }
            default -> new Command.Move(sku(), location(), -1_000_000_000, "ADJUSTMENT", name("loss"));
        };
    }

    /// One that lies there, or, rarely, one that cannot.
    private String sku() {
        return random.nextInt(30) == 0 ? any(SOLD) : any(SKUS);
    }

    private String location() {
        return any(LOCATIONS);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String name(String kind) {
        return kind + "-" + names++;
    }

    private static SortedMap<String, Integer> units(String one, int units, String other, int more) {
        return new TreeMap<>(Map.of(one, units, other, more));
    }
}
