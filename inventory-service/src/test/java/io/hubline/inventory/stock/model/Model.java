package io.hubline.inventory.stock.model;

import io.hubline.inventory.stock.model.Command.Parcel;
import io.hubline.inventory.stock.model.Command.Standing;
import io.hubline.inventory.stock.model.Command.Want;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The books as one would keep them on paper: what lies where, and for every line of every order where each
/// of its units is. Nothing else is stored; what is promised, free or short is counted anew whenever
/// somebody asks.
public final class Model {

    private static final int UNITS_MAX = Integer.MAX_VALUE;
    private static final String DEFAULT_POOL = "default";

    private final Map<String, SortedMap<String, Integer>> bundles;
    private final Map<String, String> pools;
    private final SortedMap<Spot, Integer> onHand = new TreeMap<>();
    private final SortedMap<String, Hold> holds = new TreeMap<>();
    private final SortedMap<String, Hold> live = new TreeMap<>();
    private final Map<String, Transfer> transfers = new HashMap<>();
    private final Map<Spot, List<Integer>> leftThere = new HashMap<>();
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<String, Order> open = new TreeMap<>();
    private final Map<String, @Nullable String> plans = new HashMap<>();
    private final Map<Spot, List<String>> ledger = new HashMap<>();
    private final List<String> oversells = new ArrayList<>();
    private final List<String> discrepancies = new ArrayList<>();

    // Orders that got units in the command at hand, and all that changed since somebody forgot them.
    private final Set<String> filled = new TreeSet<>();
    private final Set<String> touched = new TreeSet<>();

    /// @param bundles what is sold as one and lies there as several
    /// @param pools of the locations and accounts that do not belong to the default pool
    public Model(Map<String, SortedMap<String, Integer>> bundles, Map<String, String> pools) {
        this.bundles = bundles;
        this.pools = pools;
    }

    /// One SKU in one pool.
    public record Key(String pool, String sku) {}

    /// One SKU at one location.
    public record Spot(String sku, String location) implements Comparable<Spot> {

        @Override
        public int compareTo(Spot other) {
            int bySku = sku.compareTo(other.sku);
            return bySku == 0 ? location.compareTo(other.location) : bySku;
        }
    }

    /// Where the units of one line are.
    public static final class Line {
        final String id;
        final String pool;
        String sku;
        Map<Key, Integer> parts;

        @Nullable
        String offer;

        int ordered;
        int held;
        int waiting;
        final SortedMap<String, Integer> allocated = new TreeMap<>();
        final SortedMap<String, Integer> shipped = new TreeMap<>();

        Line(String id, String pool, String sku, Map<Key, Integer> parts) {
            this.id = id;
            this.pool = pool;
            this.sku = sku;
            this.parts = parts;
        }

        int per(Key part) {
            return parts.getOrDefault(part, 0);
        }

        public String id() {
            return id;
        }

        public String sku() {
            return sku;
        }

        public int held() {
            return held;
        }

        int promised() {
            return held + sum(allocated);
        }

        int open() {
            return promised() + waiting;
        }

        int wanted() {
            return open() + sum(shipped);
        }

        /// All of it, as text to compare.
        String text() {
            return "%s %s %s ordered=%d held=%d waiting=%d allocated=%s shipped=%s"
                    .formatted(id, sku, offer, ordered, held, waiting, some(allocated), some(shipped));
        }
    }

    /// What is known of one order.
    public static final class Order {
        final String id;
        long version;
        Standing standing = Standing.OPEN;
        long placedAt;

        @Nullable
        Long shipBy;

        @Nullable
        String channelOrder;

        long planned;
        final TreeMap<String, Line> lines = new TreeMap<>();
        int announcements;
        final List<String> said = new ArrayList<>();

        Order(String id) {
            this.id = id;
        }

        public Iterable<Line> lines() {
            return lines.values();
        }

        /// Where the line has allocations.
        public List<String> allocations(String line) {
            @Nullable Line known = lines.get(line);
            return known == null ? List.of() : List.copyOf(some(known.allocated).keySet());
        }

        /// Every announcement about it, oldest first.
        public List<String> said() {
            return said;
        }

        int waiting() {
            return lines.values().stream().mapToInt(line -> line.waiting).sum();
        }

        /// Whether a hold for this order of the channel is for it, and its lines are known or nobody wants
        /// them.
        boolean isPaidBy(@Nullable String paid) {
            return paid != null && paid.equals(channelOrder) && (standing != Standing.OPEN || !lines.isEmpty());
        }

        /// All of it, as text to compare.
        public String text() {
            return "%s v%d %s plan=%d said=%d %s"
                    .formatted(
                            id,
                            version,
                            standing,
                            planned,
                            announcements,
                            lines.values().stream().map(Line::text).toList());
        }
    }

    /// Units kept for somebody who is about to pay.
    private static final class Hold {
        final String id;
        final String pool;
        final SortedMap<String, Integer> units;
        final Map<Key, Integer> parts = new HashMap<>();
        String state = "HELD";
        long until;

        @Nullable
        String channelOrder;

        Hold(String id, String pool, SortedMap<String, Integer> units, long until) {
            this.id = id;
            this.pool = pool;
            this.units = units;
            this.until = until;
        }

        boolean isLive() {
            return state.equals("HELD") || state.equals("CONVERTING");
        }

        int per(Key part) {
            return isLive() ? parts.getOrDefault(part, 0) : 0;
        }

        Answer answer() {
            return new Answer.Held(id, state, until, channelOrder);
        }
    }

    /// Units on their way.
    private static final class Transfer {
        final String to;
        final SortedMap<String, Integer> units;
        boolean closed;

        Transfer(String to, SortedMap<String, Integer> units) {
            this.to = to;
            this.units = new TreeMap<>(units);
        }
    }

    /// What the books say of one SKU in one pool.
    public record Pool(int onHand, int reserved, int shortBy, int backordered) {}

    /// What the books say of one SKU at one location.
    public record Place(int onHand, int allocated, int shortBy, long movements) {}

    /// Does what is asked, or changes nothing.
    public Answer apply(Command command) {
        filled.clear();
        Answer answer = switch (command) {
            case Command.Demand demand -> demand(demand);
            case Command.Plan plan -> plan(plan);
            case Command.Move move -> move(move);
            case Command.Receive receive -> receive(receive);
            case Command.Count count -> count(count);
            case Command.Send send -> send(send);
            case Command.Arrive arrive -> arrive(arrive);
            case Command.Close close -> close(close);
            case Command.Hold hold -> hold(hold);
            case Command.Extend extend -> extend(extend);
            case Command.Release release -> release(release);
            case Command.Expire expire -> expire(expire);
            case Command.Convert convert -> convert(convert);
        };
        fill();
        filled.forEach(id -> tellWhatIsMissing(known(id)));
        touched.addAll(filled);
        live.values().removeIf(hold -> !hold.isLive());
        open.values().removeIf(order -> order.lines.values().stream().allMatch(line -> line.open() == 0));
        switch (command) {
            case Command.Demand demand -> touched.add(demand.order());
            case Command.Plan plan -> touched.add(plan.order());
            default -> {}
        }
        return answer;
    }

    // Orders

    private Answer demand(Command.Demand demand) {
        Order order = orders.getOrDefault(demand.order(), new Order(demand.order()));
        if (demand.version() <= order.version) {
            return new Answer.Done();
        }
        @Nullable List<Parcel> news = news(order, demand);
        if (news == null || isTooMuch(order, demand)) {
            return new Answer.Failed();
        }
        orders.put(order.id, order);
        open.put(order.id, order);
        boolean cancelled = demand.standing() == Standing.CANCELLED && order.standing != Standing.CANCELLED;
        order.version = demand.version();
        order.standing = demand.standing();
        order.placedAt = demand.placedAt();
        order.shipBy = demand.shipBy();
        order.channelOrder = demand.channelOrder();
        boolean gaveBack = takeOverLines(order, demand);

        List<Parcel> early = new ArrayList<>();
        for (Parcel parcel : news) {
            Line line = line(order, parcel.line());
            if (line.open() < parcel.quantity()) {
                early.add(parcel);
            } else {
                ship(line, parcel);
            }
        }
        for (Line line : order.lines.values()) {
            int surplus = line.wanted() - wanted(demand, line);
            if (surplus > 0) {
                giveBack(line, surplus);
                gaveBack = true;
            }
        }
        fill();
        boolean got = promiseMore(order, demand);
        early.forEach(parcel -> ship(line(order, parcel.line()), parcel));
        order.lines.values().forEach(line -> line.ordered = Math.max(line.ordered, ordered(demand, line)));

        if (gaveBack || cancelled) {
            say(order, "RELEASED");
        }
        boolean isWanted = order.lines.values().stream().anyMatch(line -> line.wanted() > 0);
        if (order.standing == Standing.OPEN && isWanted && (got || gaveBack)) {
            filled.add(order.id);
        }
        return new Answer.Done();
    }

    /// The parcels, or their parts, that are new; null when the order forgot some, or ships what it does
    /// not have.
    private static @Nullable List<Parcel> news(Order order, Command.Demand demand) {
        Map<Spot, Integer> known = new HashMap<>();
        order.lines
                .values()
                .forEach(line -> line.shipped.forEach((location, units) -> {
                    if (units > 0) {
                        known.put(new Spot(line.id, location), units);
                    }
                }));
        List<Parcel> news = new ArrayList<>();
        for (Parcel parcel : demand.parcels()) {
            boolean has = order.lines.containsKey(parcel.line())
                    || demand.wants().stream().anyMatch(want -> want.line().equals(parcel.line()));
            if (!has) {
                return null;
            }
            Spot spot = new Spot(parcel.line(), parcel.location());
            int before = known.getOrDefault(spot, 0);
            int rest = Math.max(0, parcel.quantity() - before);
            known.put(spot, Math.max(0, before - parcel.quantity()));
            if (rest > 0) {
                news.add(new Parcel(parcel.shipment(), parcel.location(), parcel.line(), rest));
            }
        }
        return known.values().stream().anyMatch(units -> units > 0) ? null : news;
    }

    /// Whether more would wait than a number of the books can hold.
    private boolean isTooMuch(Order order, Command.Demand demand) {
        Map<Key, Long> more = new HashMap<>();
        for (Want want : demand.wants()) {
            @Nullable Line line = order.lines.get(want.line());
            int has = line == null || !line.sku.equals(want.sku()) ? 0 : line.wanted();
            long missing = Math.max(0, want.quantity() - has);
            parts(poolOf(order, demand), want.sku()).forEach((part, per) -> more.merge(part, missing * per, Long::sum));
        }
        return more.entrySet().stream()
                .anyMatch(entry -> entry.getValue() > 1_000_000
                        && entry.getValue() + pool(entry.getKey()).backordered() > Integer.MAX_VALUE);
    }

    /// An order stays with the pool of its first line.
    private String poolOf(Order order, Command.Demand demand) {
        return order.lines.isEmpty()
                ? pools.getOrDefault(demand.account(), DEFAULT_POOL)
                : order.lines.firstEntry().getValue().pool;
    }

    private String poolOf(String location) {
        return pools.getOrDefault(location, DEFAULT_POOL);
    }

    private boolean takeOverLines(Order order, Command.Demand demand) {
        boolean gaveBack = false;
        for (Want want : demand.wants()) {
            String pool = poolOf(order, demand);
            Line line = order.lines.computeIfAbsent(
                    want.line(), id -> new Line(id, pool, want.sku(), parts(pool, want.sku())));
            if (!line.sku.equals(want.sku())) {
                gaveBack |= line.open() > 0;
                giveBack(line, line.open());
                line.sku = want.sku();
                line.parts = parts(line.pool, want.sku());
            }
            if (want.offer() != null) {
                line.offer = want.offer();
            }
        }
        return gaveBack;
    }

    /// Units of the line that the buyer wants or has got: of a cancelled order, and of a line that is gone,
    /// only those that have left.
    private static int wanted(Command.Demand demand, Line line) {
        int left = demand.parcels().stream()
                .filter(parcel -> parcel.line().equals(line.id))
                .mapToInt(Parcel::quantity)
                .sum();
        if (demand.standing() == Standing.CANCELLED) {
            return left;
        }
        int wanted = demand.wants().stream()
                .filter(want -> want.line().equals(line.id))
                .mapToInt(Want::quantity)
                .sum();
        return Math.max(left, wanted);
    }

    private static int ordered(Command.Demand demand, Line line) {
        return demand.wants().stream()
                .filter(want -> want.line().equals(line.id))
                .mapToInt(Want::ordered)
                .reduce(line.wanted(), Math::max);
    }

    /// What is kept for this order comes first, then what is free; the rest is sold and not there.
    private boolean promiseMore(Order order, Command.Demand demand) {
        Map<Line, Integer> waitedBefore = new HashMap<>();
        boolean more = false;
        for (Line line : order.lines.values()) {
            waitedBefore.put(line, line.waiting);
            int missing = Math.max(0, wanted(demand, line) - line.wanted());
            line.waiting += missing;
            more |= missing > 0;
        }
        int waited = order.waiting();
        for (Hold hold : live.values()) {
            if (hold.state.equals("CONVERTING") && order.isPaidBy(hold.channelOrder)) {
                handOver(hold, order);
            }
        }
        // What it gets by asking is told with the rest of what became of it.
        boolean isTold = filled.contains(order.id);
        fill();
        if (!isTold) {
            filled.remove(order.id);
        }
        for (Line line : order.lines.values()) {
            int sold = line.waiting - waitedBefore.getOrDefault(line, 0);
            if (sold > 0) {
                oversells.add("%s %s %s %s %d".formatted(order.id, line.id, line.sku, line.offer, sold));
            }
        }
        return more || order.waiting() < waited;
    }

    /// What is kept for the order goes to its lines that wait for it; the rest goes to whoever waits.
    private void handOver(Hold hold, Order order) {
        Map<String, Integer> kept = new HashMap<>(hold.units);
        Map<Key, Integer> parts = new HashMap<>(hold.parts);
        hold.state = "CONVERTED";
        for (Line line : order.lines.values()) {
            int units = Math.min(Math.min(line.waiting, kept.getOrDefault(line.sku, 0)), whole(line.parts, parts));
            if (units > 0) {
                kept.merge(line.sku, -units, Integer::sum);
                take(parts, line.parts, units);
                line.waiting -= units;
                line.held += units;
                filled.add(order.id);
            }
        }
    }

    /// What only waits goes first, then what lies nowhere in particular, then what is allocated.
    private static void giveBack(Line line, int units) {
        int waiting = Math.min(units, line.waiting);
        line.waiting -= waiting;
        int held = Math.min(units - waiting, line.held);
        line.held -= held;
        takeAllocated(line, units - waiting - held);
    }

    private static void takeAllocated(Line line, int units) {
        int left = units;
        for (Map.Entry<String, Integer> place : line.allocated.entrySet()) {
            int here = Math.min(left, place.getValue());
            place.setValue(place.getValue() - here);
            left -= here;
        }
    }

    /// A parcel has left, whatever the books say: what they do not know of is found first.
    private void ship(Line line, Parcel parcel) {
        String location = parcel.location();
        int planned = Math.min(parcel.quantity(), line.allocated.getOrDefault(location, 0));
        line.allocated.merge(location, -planned, Integer::sum);
        int unplanned = parcel.quantity() - planned;
        int held = Math.min(unplanned, line.held);
        line.held -= held;
        int elsewhere = Math.min(unplanned - held, sum(line.allocated));
        takeAllocated(line, elsewhere);
        line.waiting -= unplanned - held - elsewhere;
        line.shipped.merge(location, parcel.quantity(), Integer::sum);

        line.parts.forEach(
                (part, per) -> leave(new Spot(part.sku(), location), parcel.quantity() * per, unplanned * per));
    }

    private void leave(Spot spot, int units, int unplanned) {
        if (unplanned > 0) {
            discrepancies.add("SHIPPED_ANOTHER_PROMISE %s %d".formatted(spot, unplanned));
        }
        int unknown = units - lies(spot);
        if (unknown > 0) {
            discrepancies.add("SHIPPED_UNKNOWN_UNITS %s %d".formatted(spot, unknown));
            book(spot, unknown, "FOUND");
        }
        book(spot, -units, "SHIPMENT");
    }

    // Plans

    private Answer plan(Command.Plan plan) {
        @Nullable Order order = orders.get(plan.order());
        if (order == null) {
            return new Answer.Failed();
        }
        if (!plans.containsKey(plan.plan())) {
            if (plan.sequence() <= order.planned) {
                return new Answer.Done();
            }
            order.planned = plan.sequence();
            plans.put(plan.plan(), refusal(plan, order));
            if (plans.get(plan.plan()) == null) {
                plan.parts().forEach(part -> {
                    Line line = line(order, part.line());
                    line.held -= part.quantity();
                    line.allocated.merge(part.location(), part.quantity(), Integer::sum);
                });
            }
        }
        @Nullable String refusal = plans.get(plan.plan());
        say(order, refusal == null ? "ALLOCATED " + plan.plan() : "REFUSED " + plan.plan() + " " + refusal);
        return new Answer.Done();
    }

    /// A plan is carried out when it is for exactly what is held, and it lies there free.
    private @Nullable String refusal(Command.Plan plan, Order order) {
        if (order.standing != Standing.OPEN) {
            return "ORDER_CHANGED";
        }
        Map<String, Integer> byLine = new HashMap<>();
        Map<Spot, Integer> bySpot = new TreeMap<>();
        for (Command.Part part : plan.parts()) {
            @Nullable Line line = order.lines.get(part.line());
            if (line == null || !line.sku.equals(part.sku())) {
                return "ORDER_CHANGED";
            }
            byLine.merge(part.line(), part.quantity(), Integer::sum);
            if (!poolOf(part.location()).equals(line.pool)) {
                return "RAN_DRY";
            }
            line.parts.forEach((key, per) ->
                    bySpot.merge(new Spot(key.sku(), part.location()), part.quantity() * per, Integer::sum));
        }
        if (order.lines.values().stream().anyMatch(line -> line.held != byLine.getOrDefault(line.id, 0))) {
            return "ORDER_CHANGED";
        }
        boolean isThere = bySpot.entrySet().stream()
                .allMatch(entry -> entry.getValue() <= lies(entry.getKey()) - allocated(entry.getKey()));
        return isThere ? null : "RAN_DRY";
    }

    // Holds

    private Answer hold(Command.Hold wanted) {
        @Nullable Hold known = holds.get(wanted.id());
        if (known != null) {
            endIfOver(known, wanted.at());
            if (!known.units.equals(wanted.units()) || !known.pool.equals(wanted.pool())) {
                return new Answer.Conflict();
            }
            return known.state.equals("RELEASED") || known.state.equals("EXPIRED")
                    ? new Answer.Gone(known.state)
                    : known.answer();
        }
        Hold hold = new Hold(wanted.id(), wanted.pool(), wanted.units(), wanted.until());
        Map<Key, Integer> left = grantable();
        List<String> missing = new ArrayList<>();
        wanted.units().forEach((sku, units) -> {
            Map<Key, Integer> parts = parts(wanted.pool(), sku);
            int available = whole(parts, left);
            if (available < units) {
                missing.add("%s %d %d".formatted(sku, units, available));
            }
            take(left, parts, Math.min(units, available));
            parts.forEach((part, per) -> hold.parts.merge(part, Math.min(units, available) * per, Integer::sum));
        });
        if (!missing.isEmpty()) {
            return new Answer.Refused(missing);
        }
        holds.put(hold.id, hold);
        live.put(hold.id, hold);
        return hold.answer();
    }

    /// Past its time it is over, whether somebody came to say so or not; but not once it is paid for.
    private static void endIfOver(Hold hold, long at) {
        if (hold.state.equals("HELD") && hold.until <= at) {
            hold.state = "EXPIRED";
        }
    }

    private Answer extend(Command.Extend wanted) {
        @Nullable Hold hold = holds.get(wanted.id());
        if (hold == null) {
            return new Answer.Unknown();
        }
        endIfOver(hold, wanted.at());
        if (!hold.state.equals("HELD")) {
            return new Answer.Gone(hold.state);
        }
        hold.until = Math.max(hold.until, wanted.until());
        return hold.answer();
    }

    private Answer release(Command.Release wanted) {
        @Nullable Hold hold = holds.get(wanted.id());
        if (hold == null) {
            return new Answer.Unknown();
        }
        endIfOver(hold, wanted.at());
        if (hold.state.equals("HELD") || (hold.state.equals("CONVERTING") && wanted.evenPaid())) {
            hold.state = "RELEASED";
        }
        return hold.state.equals("RELEASED") ? new Answer.Done() : new Answer.Gone(hold.state);
    }

    private Answer expire(Command.Expire wanted) {
        @Nullable Hold hold = holds.get(wanted.id());
        if (hold == null) {
            return new Answer.Unknown();
        }
        endIfOver(hold, wanted.at());
        return new Answer.Done();
    }

    private Answer convert(Command.Convert wanted) {
        @Nullable Hold hold = holds.get(wanted.id());
        if (hold == null) {
            return new Answer.Unknown();
        }
        endIfOver(hold, wanted.at());
        if (hold.state.equals("RELEASED") || hold.state.equals("EXPIRED")) {
            return new Answer.Gone(hold.state);
        }
        if (hold.channelOrder != null && !hold.channelOrder.equals(wanted.channelOrder())) {
            return new Answer.Conflict();
        }
        if (hold.state.equals("HELD") || hold.state.equals("CONVERTING")) {
            hold.state = "CONVERTING";
            hold.channelOrder = wanted.channelOrder();
            orders.values().stream()
                    .filter(order -> order.isPaidBy(hold.channelOrder))
                    .forEach(order -> handOver(hold, order));
        }
        return hold.answer();
    }

    // Units

    private Answer move(Command.Move move) {
        Spot spot = new Spot(move.sku(), move.location());
        @Nullable Map<String, Integer> parts = bundles.get(move.sku());
        if (parts == null) {
            return move(spot, move.delta(), move.reason());
        }
        if (!move.reason().equals("RETURN")) {
            return new Answer.IsBundle();
        }
        // It left as one and comes back as one, but lies there as several.
        if (parts.entrySet().stream()
                .anyMatch(part ->
                        isTooMany(new Spot(part.getKey(), move.location()), (long) move.delta() * part.getValue()))) {
            return new Answer.Failed();
        }
        parts.forEach((part, per) -> book(new Spot(part, move.location()), move.delta() * per, move.reason()));
        return new Answer.Done();
    }

    private Answer move(Spot spot, int delta, String reason) {
        if ((long) lies(spot) + delta < 0) {
            return new Answer.NotOnHand(lies(spot));
        }
        if (isTooMany(spot, delta)) {
            return new Answer.TooMany();
        }
        if (delta != 0) {
            book(spot, delta, reason);
        }
        return new Answer.Done();
    }

    private boolean isTooMany(Spot spot, long delta) {
        return pool(keyOf(spot)).onHand() + delta > UNITS_MAX;
    }

    private Answer receive(Command.Receive receive) {
        Map<Key, Long> more = new HashMap<>();
        for (Command.Move line : receive.lines()) {
            Spot spot = new Spot(line.sku(), line.location());
            if (bundles.containsKey(line.sku())) {
                return new Answer.IsBundle();
            }
            if (isTooMany(spot, more.merge(keyOf(spot), (long) line.delta(), Long::sum))) {
                return new Answer.TooMany();
            }
        }
        receive.lines().forEach(line -> book(new Spot(line.sku(), line.location()), line.delta(), line.reason()));
        return new Answer.Done();
    }

    /// What came and went since the count is no part of it.
    private Answer count(Command.Count count) {
        Spot spot = new Spot(count.sku(), count.location());
        if (bundles.containsKey(count.sku())) {
            return new Answer.IsBundle();
        }
        List<Integer> left = leftThere.getOrDefault(spot, List.of());
        int now = lies(spot);
        int then = now;
        if (count.after() != null) {
            if (count.after() > left.size()) {
                return new Answer.NotBooked();
            }
            then = count.after() == 0 ? 0 : left.get(count.after() - 1);
        }
        int wrong = count.onHand() - then;
        if (now + wrong >= 0) {
            return move(spot, wrong, "COUNT");
        }
        discrepancies.add("COUNTED_LESS_THAN_LEFT %s %d".formatted(spot, -(now + wrong)));
        if (now > 0) {
            book(spot, -now, "COUNT");
        }
        return new Answer.CutAtZero(-(now + wrong));
    }

    // Transfers

    private Answer send(Command.Send send) {
        if (transfers.containsKey(send.transfer())) {
            return new Answer.Conflict();
        }
        Map<Key, Integer> grantable = grantable();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Integer> line : send.units().entrySet()) {
            if (bundles.containsKey(line.getKey())) {
                return new Answer.IsBundle();
            }
            Spot spot = new Spot(line.getKey(), send.from());
            int there = Math.min(lies(spot) - allocated(spot), grantable.getOrDefault(keyOf(spot), 0));
            if (there < line.getValue()) {
                missing.add("%s %d %d".formatted(line.getKey(), line.getValue(), Math.max(0, there)));
            }
        }
        if (!missing.isEmpty()) {
            return new Answer.Refused(missing);
        }
        transfers.put(send.transfer(), new Transfer(send.to(), send.units()));
        send.units().forEach((sku, units) -> book(new Spot(sku, send.from()), -units, "TRANSFER_OUT"));
        return new Answer.Done();
    }

    private Answer arrive(Command.Arrive arrive) {
        @Nullable Transfer transfer = transfers.get(arrive.transfer());
        if (transfer == null) {
            return new Answer.Failed();
        }
        if (isOver(transfer)) {
            return new Answer.NotInTransit();
        }
        List<String> missing = new ArrayList<>();
        arrive.units().forEach((sku, units) -> {
            int onTheWay = transfer.units.getOrDefault(sku, 0);
            if (units > onTheWay) {
                missing.add("%s %d %d".formatted(sku, units, onTheWay));
            }
        });
        if (!missing.isEmpty()) {
            return new Answer.Refused(missing);
        }
        arrive.units().forEach((sku, units) -> {
            transfer.units.merge(sku, -units, Integer::sum);
            book(new Spot(sku, transfer.to), units, "TRANSFER_IN");
        });
        return new Answer.Done();
    }

    private static boolean isOver(Transfer transfer) {
        return transfer.closed || sum(transfer.units) == 0;
    }

    private Answer close(Command.Close close) {
        @Nullable Transfer transfer = transfers.get(close.transfer());
        if (transfer == null) {
            return new Answer.Failed();
        }
        if (isOver(transfer)) {
            return new Answer.NotInTransit();
        }
        transfer.closed = true;
        transfer.units.forEach((sku, units) -> {
            if (units > 0) {
                discrepancies.add("LOST_IN_TRANSIT %s %d".formatted(new Spot(sku, transfer.to), units));
            }
        });
        return new Answer.Done();
    }

    private void book(Spot spot, int delta, String reason) {
        int shortBefore = shortBy(spot);
        int poolShortBefore = pool(keyOf(spot)).shortBy();
        onHand.merge(spot, delta, Integer::sum);
        ledger.computeIfAbsent(spot, _ -> new ArrayList<>()).add(delta + " " + reason);
        leftThere.computeIfAbsent(spot, _ -> new ArrayList<>()).add(lies(spot));
        int lost = Math.max(shortBy(spot) - shortBefore, pool(keyOf(spot)).shortBy() - poolShortBefore);
        if (lost > 0) {
            discrepancies.add("LOST_PROMISED_UNITS %s %d".formatted(spot, lost));
        }
    }

    private int shortBy(Spot spot) {
        return Math.max(0, allocated(spot) - lies(spot));
    }

    /// Nothing is free while somebody waits: the earliest ship-by date is first, then the oldest order.
    private void fill() {
        Map<Key, Integer> free = free();
        open.values().stream()
                .filter(order -> order.lines.values().stream().anyMatch(line -> line.waiting > 0))
                .sorted(Comparator.<Order, Long>comparing(
                                order -> order.shipBy, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(order -> order.placedAt)
                        .thenComparing(order -> order.id))
                .forEach(order -> order.lines.values().forEach(line -> {
                    int units = Math.min(line.waiting, whole(line.parts, free));
                    if (units > 0) {
                        take(free, line.parts, units);
                        line.waiting -= units;
                        line.held += units;
                        filled.add(order.id);
                    }
                }));
    }

    // Telling

    private static void tellWhatIsMissing(Order order) {
        boolean waits = order.lines.values().stream().anyMatch(line -> line.waiting > 0);
        say(order, waits ? "BACKORDERED" : "RESERVED");
    }

    private static void say(Order order, String what) {
        order.announcements++;
        order.said.add(what + " " + order.text());
    }

    // Sums

    private Map<Key, Integer> parts(String pool, String sku) {
        Map<Key, Integer> parts = new LinkedHashMap<>();
        bundles.getOrDefault(sku, new TreeMap<>(Map.of(sku, 1)))
                .forEach((part, per) -> parts.put(new Key(pool, part), per));
        return parts;
    }

    private Key keyOf(Spot spot) {
        return new Key(poolOf(spot.location()), spot.sku());
    }

    /// How many whole units can be made of what there is.
    private static int whole(Map<Key, Integer> parts, Map<Key, Integer> there) {
        int whole = Integer.MAX_VALUE;
        for (Map.Entry<Key, Integer> part : parts.entrySet()) {
            whole = Math.min(whole, Math.max(0, there.getOrDefault(part.getKey(), 0)) / part.getValue());
        }
        return whole;
    }

    private static void take(Map<Key, Integer> there, Map<Key, Integer> parts, int units) {
        if (units != 0) {
            parts.forEach((part, per) -> there.merge(part, -units * per, Integer::sum));
        }
    }

    private Map<Key, Integer> free() {
        Map<Key, Integer> free = new HashMap<>();
        onHand.forEach((spot, units) -> free.merge(keyOf(spot), units, Integer::sum));
        open.values().forEach(order -> order.lines.values().forEach(line -> take(free, line.parts, line.promised())));
        live.values()
                .forEach(hold -> hold.parts.keySet().forEach(part -> free.merge(part, -hold.per(part), Integer::sum)));
        return free;
    }

    /// What is free, nobody waits for, and no channel may have sold.
    private Map<Key, Integer> grantable() {
        Map<Key, Integer> grantable = free();
        open.values().forEach(order -> order.lines.values().forEach(line -> take(grantable, line.parts, line.waiting)));
        return grantable;
    }

    /// What lies and is promised of a SKU.
    public Pool pool(Key key) {
        int lies = 0;
        for (Map.Entry<Spot, Integer> entry : onHand.entrySet()) {
            boolean isOfIt = entry.getKey().sku().equals(key.sku())
                    && poolOf(entry.getKey().location()).equals(key.pool());
            lies += isOfIt ? entry.getValue() : 0;
        }
        int promised = 0;
        for (Hold hold : live.values()) {
            promised += hold.per(key);
        }
        int waiting = 0;
        for (Order order : open.values()) {
            for (Line line : order.lines.values()) {
                int per = line.per(key);
                if (per > 0) {
                    promised += line.promised() * per;
                    waiting += line.waiting * per;
                }
            }
        }
        return new Pool(lies, promised, Math.max(0, promised - lies), waiting);
    }

    /// What lies and is promised of a SKU at a location.
    public Place place(Spot spot) {
        return new Place(
                lies(spot), allocated(spot), shortBy(spot), movements(spot).size());
    }

    private int lies(Spot spot) {
        return onHand.getOrDefault(spot, 0);
    }

    private int allocated(Spot spot) {
        int allocated = 0;
        for (Order order : open.values()) {
            for (Line line : order.lines.values()) {
                int units = line.allocated.getOrDefault(spot.location(), 0);
                if (units > 0) {
                    allocated += units * line.per(new Key(line.pool, spot.sku()));
                }
            }
        }
        return allocated;
    }

    /// Every movement there, oldest first, as text to compare.
    public List<String> movements(Spot spot) {
        return ledger.getOrDefault(spot, List.of());
    }

    /// The state of each hold, as text to compare.
    public Map<String, String> holds() {
        Map<String, String> texts = new TreeMap<>();
        holds.forEach((id, hold) -> texts.put(id, String.valueOf(hold.answer())));
        return texts;
    }

    /// Units ever sold through each offer, and those of them that were cancelled.
    public Map<String, String> sales() {
        Map<String, Integer> sold = new TreeMap<>();
        Map<String, Integer> cancelled = new TreeMap<>();
        orders.values()
                .forEach(order -> order.lines.values().forEach(line -> {
                    if (line.offer != null) {
                        sold.merge(line.offer, line.ordered, Integer::sum);
                        cancelled.merge(line.offer, line.ordered - line.wanted(), Integer::sum);
                    }
                }));
        Map<String, String> sales = new TreeMap<>();
        sold.forEach((offer, units) -> sales.put(offer, units + " less " + cancelled.get(offer)));
        return sales;
    }

    /// Orders that changed, or were asked about.
    public Set<String> touched() {
        return touched;
    }

    public void forget() {
        touched.clear();
    }

    public @Nullable Order order(String id) {
        return orders.get(id);
    }

    public Set<String> orders() {
        return orders.keySet();
    }

    /// What was sold and was not there, oldest first, as text to compare.
    public List<String> oversells() {
        return oversells;
    }

    /// Where the world and the books disagreed, oldest first, as text to compare.
    public List<String> discrepancies() {
        return discrepancies;
    }

    private Order known(String id) {
        @Nullable Order order = orders.get(id);
        if (order == null) {
            throw new IllegalArgumentException("order " + id);
        }
        return order;
    }

    private static Line line(Order order, String id) {
        @Nullable Line line = order.lines.get(id);
        if (line == null) {
            throw new IllegalArgumentException("line " + id + " of order " + order.id);
        }
        return line;
    }

    private static int sum(Map<String, Integer> units) {
        int sum = 0;
        for (int number : units.values()) {
            sum += number;
        }
        return sum;
    }

    /// Without the places that have nothing.
    private static SortedMap<String, Integer> some(SortedMap<String, Integer> units) {
        SortedMap<String, Integer> some = new TreeMap<>(units);
        some.values().removeIf(number -> number == 0);
        return some;
    }
}
