package io.hubline.inventory.availability.domain;

import io.hubline.inventory.availability.domain.Escrow.Offered;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.StockKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Channels, a connector, a pipeline of orders and a stock that is divided: all that may happen to escrow,
/// in one process and in made-up time. What decides is the hub's own: [Exposure], [PoolPosition] and
/// [Escrow]. The rest is the world, as unkind as it can be.
///
/// Each rule can be left out. The world is the same then, up to the first number that differs.
final class EscrowWorld {

    /// The rules of design section 5, and two that the counting needs.
    enum Rule {
        E1("counts when published"),
        E2("sale lowers both at once"),
        E3("a blind write adds"),
        E4("settles after a poll"),
        E5("compares with what is booked"),
        E6("unknown stays outstanding"),
        E7("cancellation raises both"),
        E8("others from what is not exposed"),
        E9("deficits are pushed down"),
        E10("unknown before the first"),
        P1("one write per permit"),
        P2("restocked units survive a write");

        final String means;

        Rule(String means) {
            this.means = means;
        }
    }

    // Made-up milliseconds.
    private static final int VISIBLE_WITHIN = 3_000;
    private static final int APPLIES_WITHIN = 20_000;
    private static final int MEAN_GAP = 9_000;

    private static final StockKey SHIRT = StockKey.of("shirt");
    private static final StockKey SOCKS = StockKey.of("socks");
    private static final StockKey AWAY = new StockKey("outlet", "shirt");

    final Map<String, Integer> happened = new TreeMap<>();
    final List<String> broken = new ArrayList<>();
    long sales;
    long oversells;
    long oversellsAtRisk;
    long resoldEarly;
    long covered;
    long checks;
    long permits;

    private final ArrayDeque<String> last = new ArrayDeque<>();
    private final SplittableRandom random;
    private final Set<Rule> off;
    private final boolean waitsForBooking;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long scheduled;

    // The hub
    private final Map<StockKey, PoolPosition> pools = new TreeMap<>();
    private final Set<StockKey> atRisk = new HashSet<>();
    private final SortedMap<String, Shop> shops = new TreeMap<>();
    private final List<Order> waiting = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private Mode mode = Mode.ESCROW;
    private long sequence;
    private long stalledUntil;

    EscrowWorld(long seed, Set<Rule> off) {
        this.random = new SplittableRandom(seed);
        this.off = off;
        // That every announced sale is booked is what the connector waits for. The counters do not need it.
        this.waitsForBooking = random.nextBoolean();
        for (StockKey key : List.of(SHIRT, SOCKS, AWAY)) {
            pools.put(key, PoolPosition.empty(key).moved(random.nextInt(40)));
        }
        shop("blind", Map.of(SHIRT, 1), false, true, 4);
        shop("blind-keeps", Map.of(SHIRT, 1), false, false, 2);
        shop("compares", Map.of(SHIRT, 1), true, true, 4);
        shop("set", Map.of(SHIRT, 1, SOCKS, 2), true, true, 1);
        shop("set-blind", Map.of(SHIRT, 1, SOCKS, 1), false, true, 1);
        shop("socks", Map.of(SOCKS, 1), false, true, 3);
        shop("outlet", Map.of(AWAY, 1), false, true, 2);
        shop("outlet-compares", Map.of(AWAY, 1), true, false, 2);
        for (Shop shop : shops.values()) {
            shop.shown = random.nextInt(6);
            shop.exposure = enter(shop, 0);
            after(random.nextInt(MEAN_GAP), shop::buy);
            after(random.nextInt(MEAN_GAP), shop::cancel);
            after(random.nextInt(shop.pollEvery), shop::poll);
            after(random.nextInt(20_000), shop::look);
        }
        after(5_000, this::somethingElse);
        after(60_000, this::stall);
        after(400_000, this::changeMode);
        risk();
        publish();
    }

    /// Lets time pass until so many units were sold at the channels.
    void run(long units) {
        while (sales < units && broken.isEmpty()) {
            Event event = events.remove();
            now = event.at;
            event.what.run();
        }
    }

    private void shop(String name, Map<StockKey, Integer> parts, boolean compares, boolean restocks, int speed) {
        shops.put(name, new Shop(name, new TreeMap<>(parts), compares, restocks, speed));
    }

    private void after(long wait, Runnable what) {
        events.add(new Event(now + wait, scheduled++, what));
    }

    private int delay(int mean) {
        // Mostly short, sometimes very long.
        return 1 + (int) (-Math.log(1 - random.nextDouble()) * (random.nextInt(20) == 0 ? 12.0 * mean : mean));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// The last things that happened, for a failure to tell.
    private void trace(String what) {
        last.addLast(what);
        if (last.size() > 30) {
            last.removeFirst();
        }
    }

    private boolean on(Rule rule) {
        return !off.contains(rule);
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
        trace(what);
    }

    // The hub: what inventory-service does in its transactions

    private Exposure enter(Shop shop, long provenFrom) {
        count("an unknown number");
        Exposure unknown = Exposure.unknown(
                shop.name,
                shop.parts,
                shop.compares || !on(Rule.E3),
                shop.restocks,
                shop.sold,
                shop.cancelled,
                provenFrom);
        return on(Rule.E10) ? unknown : unknown.settled(provenFrom, 0, shop.sold, shop.cancelled);
    }

    private int promisable(StockKey key) {
        PoolPosition pool = pool(key);
        return pool.onHand() - pool.reserved() - pool.backordered();
    }

    private PoolPosition pool(StockKey key) {
        return Objects.requireNonNull(pools.get(key));
    }

    private int exposed(StockKey key) {
        return shops.values().stream()
                .mapToInt(shop -> shop.exposure.unitsOf(key))
                .sum();
    }

    /// Units that a channel took back and may have sold again, while the hub knows of the second sale only.
    /// They are not sold twice: the first order will turn out to be cancelled.
    private int unheard(StockKey key) {
        return shops.values().stream()
                .filter(shop -> shop.restocks)
                .mapToInt(shop -> shop.unheard * shop.parts.getOrDefault(key, 0))
                .sum();
    }

    /// Takes over a changed exposure, and keeps the sum at the pool.
    private void expose(Shop shop, Exposure exposure) {
        if (mode == Mode.ESCROW) {
            int delta = exposure.units() - shop.exposure.units();
            shop.parts.forEach((key, per) -> pools.put(key, pool(key).exposed(delta * per)));
        }
        shop.exposure = exposure;
    }

    /// A key is at risk from the moment at which the world took something away, or at which nothing is
    /// proved of one of its offers, until all is covered again.
    private void risk() {
        for (Shop shop : shops.values()) {
            if (mode == Mode.SHARED || shop.exposure.isUnproven()) {
                atRisk.addAll(shop.parts.keySet());
            }
        }
    }

    private void checkRisk() {
        if (mode == Mode.SHARED) {
            return;
        }
        risk();
        for (StockKey key : pools.keySet()) {
            if (off.isEmpty() && exposed(key) > Math.max(0, promisable(key)) + unheard(key) && !atRisk.contains(key)) {
                broken.add("%d: %d of %s are exposed and %d can be promised after %s"
                        .formatted(now, exposed(key), key, promisable(key), last));
            }
        }
        atRisk.removeIf(key -> exposed(key) <= promisable(key)
                && shops.values().stream()
                        .filter(shop -> shop.parts.containsKey(key))
                        .noneMatch(shop -> shop.exposure.isUnproven()));
    }

    /// What is published after every change, in the same transaction.
    private void publish() {
        checkRisk();
        if (mode == Mode.SHARED) {
            for (Shop shop : shops.values()) {
                int left = Integer.MAX_VALUE;
                for (Map.Entry<StockKey, Integer> part : shop.parts.entrySet()) {
                    left = Math.min(left, Math.max(0, promisable(part.getKey())) / part.getValue());
                }
                if (shop.published.mode != Mode.SHARED || shop.published.quantity != left) {
                    sequence++;
                    shop.announce(new Told(sequence, sequence, left, shop.sold, shop.cancelled, Mode.SHARED));
                }
            }
            return;
        }
        Map<StockKey, Integer> units = new TreeMap<>();
        pools.keySet().forEach(key -> units.put(key, promisable(key)));
        List<Offered<StockKey>> offered = new ArrayList<>();
        for (Shop shop : shops.values()) {
            Offered<StockKey> offer = Escrowed.offered(shop.exposure, shop.demand, 1, 0, 50);
            offered.add(on(Rule.E1) ? offer : shop.asPublished(offer));
        }
        for (Escrow.Permit permit : Escrow.decide(units, offered, 0.05)) {
            if (on(Rule.E9) || permit.why() != Escrow.Why.DEFICIT) {
                permits++;
                count("permit: " + permit.why());
                grant(Objects.requireNonNull(shops.get(permit.offer())), permit.quantity());
            }
        }
        for (Shop shop : shops.values()) {
            shop.follow();
        }
    }

    private void grant(Shop shop, int quantity) {
        sequence++;
        if (on(Rule.E1)) {
            int before = shop.exposure.units();
            expose(shop, shop.exposure.published(sequence, quantity));
            if (shop.exposure.units() > before) {
                for (StockKey key : shop.parts.keySet()) {
                    if (off.isEmpty() && exposed(key) > Math.max(0, promisable(key))) {
                        broken.add("%d: %s raised to %d of %d".formatted(now, key, exposed(key), promisable(key)));
                    }
                }
            }
        }
        shop.announce(new Told(sequence, sequence, quantity, shop.sold, shop.cancelled, Mode.ESCROW));
    }

    /// An order reaches inventory: its sale is booked once, and what was cancelled since.
    private void book(Order order, int version) {
        Shop shop = order.shop;
        if (version <= order.bookedVersion && !order.hubCancels) {
            count("a repeated or overtaken order");
            return;
        }
        order.bookedVersion = Math.max(version, order.bookedVersion);
        int wanted = order.hubCancels ? 0 : Math.min(order.wantedAt(order.bookedVersion), order.bookedWanted());
        if (!order.booked) {
            order.booked = true;
            shop.sold += order.units;
            order.held = order.units;
            order.hear();
            trace(shop.name);
            if (on(Rule.E2)) {
                expose(shop, shop.exposure.sold(order.units));
            }
            promise(order);
        }
        int cancelled = order.held + order.waits - wanted;
        if (cancelled > 0) {
            shop.cancelled += cancelled;
            int waits = Math.min(cancelled, order.waits);
            order.waits -= waits;
            order.held -= cancelled - waits;
            shop.parts.forEach(
                    (key, per) -> pools.put(key, pool(key).waiting(-waits * per).released((cancelled - waits) * per)));
            if (on(Rule.E7)) {
                expose(shop, shop.exposure.cancelled(cancelled));
            }
            count("a booked cancellation");
        }
        order.hear();
        fill();
        publish();
        shop.check();
    }

    private void promise(Order order) {
        if (mode == Mode.ESCROW && order.shop.parts.keySet().stream().noneMatch(atRisk::contains)) {
            covered += order.units;
        }
        int promised = order.units;
        boolean risky = mode == Mode.SHARED;
        for (Map.Entry<StockKey, Integer> part : order.shop.parts.entrySet()) {
            promised = Math.min(promised, pool(part.getKey()).free() / part.getValue());
        }
        for (Map.Entry<StockKey, Integer> part : order.shop.parts.entrySet()) {
            if (pool(part.getKey()).free() / part.getValue() < order.units) {
                risky |= atRisk.contains(part.getKey());
            }
        }
        int missing = order.units - promised;
        order.held = promised;
        order.waits = missing;
        int held = promised;
        order.shop.parts.forEach(
                (key, per) -> pools.put(key, pool(key).promised(held * per).waiting(missing * per)));
        if (missing > 0) {
            waiting.add(order);
            if (missing
                    <= order.shop.parts.keySet().stream()
                            .mapToInt(this::unheard)
                            .max()
                            .orElse(0)) {
                resoldEarly += missing;
            } else if (risky) {
                oversellsAtRisk += missing;
            } else {
                oversells += missing;
                if (off.isEmpty()) {
                    broken.add("%d: %s oversold %d, %s".formatted(now, order.shop.name, missing, pools));
                }
            }
        }
    }

    private void fill() {
        waiting.removeIf(order -> {
            int units = order.waits;
            for (Map.Entry<StockKey, Integer> part : order.shop.parts.entrySet()) {
                units = Math.min(units, pool(part.getKey()).free() / part.getValue());
            }
            int filled = units;
            order.shop.parts.forEach((key, per) ->
                    pools.put(key, pool(key).promised(filled * per).waiting(-filled * per)));
            order.held += filled;
            order.waits -= filled;
            return order.waits == 0;
        });
    }

    private int keptOf(StockKey key) {
        return kept.stream()
                .filter(one -> one.key.equals(key))
                .mapToInt(Kept::units)
                .sum();
    }

    // What else happens to the stock

    private void somethingElse() {
        StockKey key = List.of(SHIRT, SOCKS, AWAY).get(random.nextInt(3));
        PoolPosition pool = pool(key);
        int room = on(Rule.E8) ? pool.grantable() : pool.free();
        int dice = random.nextInt(100);
        if (dice < 25 && pool.free() < 15) {
            count("a receipt");
            pools.put(key, pool.moved(5 + random.nextInt(25)));
        } else if (dice < 45 && room > 0) {
            count("a checkout hold or a wholesale order");
            int units = 1 + random.nextInt(Math.min(3, room));
            pools.put(key, pool.promised(units));
            kept.add(new Kept(key, units));
        } else if (dice < 60 && !kept.isEmpty()) {
            count("a hold that ends");
            Kept ends = kept.remove(random.nextInt(kept.size()));
            pools.put(ends.key, pool(ends.key).released(ends.units));
        } else if (dice >= 60 && dice < 68 && room > 0) {
            StockKey to = key.equals(SHIRT) ? AWAY : key.equals(AWAY) ? SHIRT : key;
            if (!to.equals(key)) {
                count("a transfer");
                int units = 1 + random.nextInt(room);
                pools.put(key, pool.moved(-units));
                pools.put(to, pool(to).moved(units));
            }
        } else if (dice >= 68 && dice < 71 && pool.onHand() > 0) {
            count("a count or damage");
            pools.put(key, pool.moved(-1 - random.nextInt(Math.min(4, pool.onHand()))));
            if (exposed(key) > promisable(key)) {
                count("a deficit");
                atRisk.add(key);
            }
        }
        fill();
        publish();
        after(delay(8_000), this::somethingElse);
    }

    private void stall() {
        count("a stall of order-service");
        stalledUntil = now + 20_000 + random.nextInt(60_000);
        after(120_000 + random.nextInt(200_000), this::stall);
    }

    private void changeMode() {
        count("a change of the mode");
        if (mode == Mode.ESCROW) {
            for (Shop shop : shops.values()) {
                int units = shop.exposure.units();
                shop.parts.forEach((key, per) -> pools.put(key, pool(key).exposed(-units * per)));
            }
            mode = Mode.SHARED;
            after(20_000, this::changeMode);
        } else {
            mode = Mode.ESCROW;
            for (Shop shop : shops.values()) {
                shop.exposure = enter(shop, sequence + 1);
                int units = shop.exposure.units();
                shop.parts.forEach((key, per) -> pools.put(key, pool(key).exposed(units * per)));
            }
            sequence++;
            after(1_500_000 + random.nextInt(1_500_000), this::changeMode);
        }
        publish();
    }

    /// One offer: its channel, what the connector knows of it, and what inventory counts of it.
    private final class Shop {
        private final String name;
        private final SortedMap<StockKey, Integer> parts;
        private final boolean compares;
        private final boolean restocks;
        private final int speed;
        private final Demand demand;
        private final int pollEvery;

        // At the channel
        private int shown;
        private long everSold;
        private long restocked;
        private int unheard;
        private long wantedTruly;
        private final List<Order> orders = new ArrayList<>();
        private final List<Order> open = new ArrayList<>();
        private int firstUnseen;

        // At the connector
        private Told arrived = Told.NONE;
        private long resolved;
        private boolean busy;
        private long announcedUnits;
        private long announcedCancelled;
        private @Nullable Long expected; // what stands there, plus what was booked when it did
        private int refusals;
        private @Nullable Proof proof;
        private int lastSent = -1;

        // At inventory
        private long sold;
        private long cancelled;
        private Exposure exposure;
        private Told published = Told.NONE;
        private Told told = Told.NONE;

        private Shop(String name, SortedMap<StockKey, Integer> parts, boolean compares, boolean restocks, int speed) {
            this.name = name;
            this.parts = parts;
            this.compares = compares;
            this.restocks = restocks;
            this.speed = speed;
            this.demand = Demand.poisson(speed);
            this.pollEvery = 5_000 + random.nextInt(20_000);
            this.exposure = Exposure.unknown(name, parts, compares, restocks, 0, 0, 0);
        }

        // The channel

        private void buy() {
            if (shown > 0) {
                int units = Math.min(shown, chance(0.15) ? 2 : 1);
                shown -= units;
                everSold += units;
                sales += units;
                Order order = new Order(this, units, now);
                orders.add(order);
                open.add(order);
                if (open.size() > 40) {
                    open.removeFirst();
                }
                order.changed(units);
                wantedTruly += units;
                checkTruth();
                hint(order);
            }
            after(delay(MEAN_GAP / speed), this::buy);
        }

        private void cancel() {
            if (!open.isEmpty()) {
                Order order = open.get(random.nextInt(open.size()));
                if (order.wanted() > 0 && chance(0.5)) {
                    count("a cancellation at the channel");
                    cancelAtChannel(order, order.wanted() > 1 && chance(0.5) ? 1 : order.wanted());
                } else if (order.wanted() > 0 && order.booked && !order.hubCancels) {
                    count("a cancellation by the hub");
                    order.hubCancels = true;
                    wantedTruly -= order.wanted();
                    book(order, order.bookedVersion);
                    after(delay(10_000), () -> {
                        if (order.wanted() > 0) {
                            cancelAtChannel(order, order.wanted());
                        }
                    });
                }
            }
            after(delay(10 * MEAN_GAP / speed), this::cancel);
        }

        private void cancelAtChannel(Order order, int units) {
            order.changed(order.wanted() - units);
            wantedTruly -= order.hubCancels ? 0 : units;
            order.hear();
            if (restocks) {
                shown += units;
                restocked += units;
            }
            hint(order);
        }

        /// What buyers truly want, and what is kept for others, must be there: what the hub knows does not
        /// count.
        private void checkTruth() {
            for (StockKey key : parts.keySet()) {
                long wanted = keptOf(key);
                for (Shop shop : shops.values()) {
                    wanted += shop.wantedTruly * shop.parts.getOrDefault(key, 0);
                }
                if (off.isEmpty()
                        && mode == Mode.ESCROW
                        && !atRisk.contains(key)
                        && wanted > pool(key).onHand()) {
                    broken.add("%d: %d of %s are wanted and %d are there, after %s"
                            .formatted(now, wanted, key, pool(key).onHand(), last));
                }
            }
        }

        // The connector: orders

        private void hint(Order order) {
            if (chance(0.85)) {
                after(delay(1_500), () -> announce(order));
            }
            if (chance(0.1)) {
                after(delay(6_000), () -> announce(order));
            }
        }

        private void announce(Order order) {
            if (order.announced == 0) {
                announcedUnits += order.units;
                if (!on(Rule.E2)) {
                    expose(this, exposure.sold(order.units));
                    publish();
                }
            }
            int version = order.versions.size();
            if (version > order.announced) {
                announcedCancelled += order.wantedAt(order.announced) - order.wanted();
                order.announced = version;
                deliver(order, version);
            }
            if (chance(0.05)) {
                deliver(order, version);
            }
        }

        private void deliver(Order order, int version) {
            long at = Math.max(now, stalledUntil) + delay(1_000);
            after(at - now, () -> {
                if (now < stalledUntil) {
                    deliver(order, version);
                } else {
                    book(order, version);
                }
            });
        }

        private void poll() {
            long began = now;
            List<Order> seen = new ArrayList<>();
            for (int i = firstUnseen; i < orders.size(); i++) {
                Order order = orders.get(i);
                if (order.announced < order.visible(began)) {
                    seen.add(order);
                }
            }
            while (firstUnseen < orders.size()
                    && orders.get(firstUnseen).changedAt() < began - 400_000
                    && orders.get(firstUnseen).announced
                            == orders.get(firstUnseen).versions.size()) {
                firstUnseen++;
            }
            boolean complete = chance(0.9);
            after(500 + random.nextInt(5_000), () -> {
                (complete ? seen : seen.subList(0, seen.size() / 2)).forEach(this::announce);
                if (complete) {
                    polled(began);
                }
                after(pollEvery / 2 + random.nextInt(pollEvery), this::poll);
            });
        }

        // The connector: numbers

        private void arrive(Told number) {
            if (number.sequence > arrived.sequence) {
                arrived = number;
                settleIfBooked();
                work();
            }
        }

        private void work() {
            boolean follows =
                    (arrived.mode == Mode.SHARED || (!on(Rule.P1) && !compares)) && arrived.quantity != lastSent;
            if (busy || (arrived.permit <= resolved && !follows)) {
                return;
            }
            if (compares) {
                writeComparing();
            } else {
                writeBlindly();
            }
        }

        private void writeBlindly() {
            busy = true;
            Told sent = arrived;
            lastSent = sent.quantity;
            countWhenSent(sent);
            long cancelledBefore = announcedCancelled;
            double dice = random.nextDouble();
            if (dice < 0.8) {
                int applies = delay(1_000);
                after(applies, () -> shown = sent.quantity);
                after(applies + delay(500), () -> {
                    acknowledged(sent, sent.quantity, cancelledBefore);
                    work();
                });
            } else if (dice < 0.87) {
                count("a refused write");
                after(delay(2_000), () -> {
                    busy = false;
                    work();
                });
            } else {
                count("a write of unknown outcome");
                if (chance(0.6)) {
                    after(1 + random.nextInt(APPLIES_WITHIN - 1), () -> {
                        count("a write that was applied late");
                        shown = sent.quantity;
                    });
                }
                after(on(Rule.E6) ? APPLIES_WITHIN : 1_000 + random.nextInt(2_000), () -> {
                    acknowledged(sent, shown, announcedCancelled);
                    work();
                });
            }
        }

        private void writeComparing() {
            @Nullable Long level = expected;
            if (level == null) {
                return;
            }
            Told sent = arrived;
            lastSent = sent.quantity;
            long booked = sent.sold - (restocks ? sent.cancelled : 0);
            long expects = on(Rule.E5) ? level - booked : shown;
            busy = true;
            countWhenSent(sent);
            int applies = chance(0.1) ? random.nextInt(APPLIES_WITHIN) : delay(1_000);
            boolean[] applied = {false};
            after(applies, () -> {
                if (shown == expects) {
                    shown = sent.quantity;
                    applied[0] = true;
                }
            });
            after(applies + delay(500), () -> {
                if (applied[0]) {
                    refusals = 0;
                    expected = sent.quantity + booked;
                    acknowledged(sent, sent.quantity, null);
                } else {
                    count("a stale compare-and-set");
                    busy = false;
                    refusals++;
                    if (refusals > 2) {
                        expected = null;
                    }
                }
                after(delay(2_000), this::work);
            });
        }

        private void countWhenSent(Told sent) {
            if (!on(Rule.E1) && mode == Mode.ESCROW && sent.mode == Mode.ESCROW && sent.permit == sent.sequence) {
                long newest = exposure.permits().isEmpty()
                        ? 0
                        : exposure.permits().getLast().sequence();
                if (sent.permit > newest && sent.permit > exposure.settledThrough() - 1) {
                    expose(this, exposure.published(sent.permit, exposure.isUnproven() ? 0 : sent.quantity));
                }
            }
        }

        private void acknowledged(Told sent, int stands, @Nullable Long cancelledBefore) {
            busy = false;
            resolved = Math.max(resolved, sent.permit);
            if (!on(Rule.E4)) {
                settle(new Proof(sent.permit, stands, now, cancelledBefore, sold));
            } else {
                proof = new Proof(sent.permit, stands, now, cancelledBefore, null);
            }
        }

        /// Reads the number while nothing is on its way.
        private void look() {
            if (!busy && proof == null) {
                count("a reading");
                proof = new Proof(resolved, shown, now, announcedCancelled, null);
            }
            after(10_000 + random.nextInt(40_000), this::look);
        }

        private void polled(long began) {
            @Nullable Proof stands = proof;
            if (stands != null && stands.announced == null && began >= stands.at + VISIBLE_WITHIN) {
                proof = new Proof(stands.through, stands.quantity, stands.at, stands.cancelled, announcedUnits);
                settleIfBooked();
            }
        }

        private void settleIfBooked() {
            @Nullable Proof stands = proof;
            if (stands != null && stands.announced != null && (!waitsForBooking || arrived.sold >= stands.announced)) {
                proof = null;
                if (compares && expected == null) {
                    expected = stands.quantity
                            + stands.announced
                            - (restocks && stands.cancelled != null ? stands.cancelled : 0);
                    refusals = 0;
                    work();
                }
                settle(stands);
                if (chance(0.2)) {
                    count("a settlement told twice");
                    settle(stands);
                }
            }
        }

        private void settle(Proof stands) {
            after(delay(1_000), () -> {
                if (mode == Mode.ESCROW && stands.announced != null) {
                    settled(stands, stands.announced);
                }
            });
        }

        // Inventory

        private void settled(Proof stands, long units) {
            int headroom = Integer.MAX_VALUE;
            for (Map.Entry<StockKey, Integer> part : parts.entrySet()) {
                headroom = Math.min(
                        headroom, Math.max(0, promisable(part.getKey()) - exposed(part.getKey())) / part.getValue());
            }
            Exposure after = exposure.settledWithin(headroom, stands.through, stands.quantity, units, stands.cancelled);
            if (!after.equals(exposure)) {
                count(after.isUnproven() ? "a number that no permit explains" : "a settled number");
                if (!on(Rule.P2) && after.base() != null) {
                    after = after.settled(stands.through, stands.quantity, units, cancelled);
                }
                expose(this, after);
                publish();
                check();
            }
        }

        private Offered<StockKey> asPublished(Offered<StockKey> offer) {
            int level = published.mode == Mode.ESCROW
                    ? (int) Math.max(0, published.quantity - (sold - published.sold))
                    : offer.level();
            return new Offered<>(
                    offer.offer(),
                    offer.parts(),
                    offer.compares(),
                    offer.standing() == Escrow.Standing.UNKNOWN && published.mode == Mode.ESCROW
                            ? Escrow.Standing.CLEARED
                            : offer.standing(),
                    offer.exposed(),
                    level,
                    offer.demand(),
                    offer.weight(),
                    offer.minimum(),
                    offer.maximum());
        }

        private void announce(Told number) {
            if (number.permit == number.sequence) {
                published = number;
            }
            told = number;
            after(delay(1_500), () -> arrive(number));
        }

        /// What was booked since goes out under the permit that the offer has.
        private void follow() {
            if (told.sold != sold || told.cancelled != cancelled) {
                sequence++;
                int level = on(Rule.E1)
                        ? exposure.level()
                        : (int) Math.max(0, published.quantity - (sold - published.sold));
                announce(new Told(sequence, published.permit, level, sold, cancelled, published.mode));
            }
        }

        /// What is true must be at most what is counted.
        private void check() {
            if (off.isEmpty() && mode == Mode.ESCROW && !exposure.isUnproven()) {
                checks++;
                long truth = restocks ? everSold - restocked + shown - (sold - cancelled) : everSold + shown - sold;
                if (truth > exposure.units()) {
                    broken.add("%d: %s can sell %d and %d are counted: %s"
                            .formatted(now, name, truth, exposure.units(), exposure));
                }
                for (StockKey key : parts.keySet()) {
                    if (pool(key).exposed() != exposed(key)) {
                        broken.add("%d: %s keeps %d of %d"
                                .formatted(now, key, pool(key).exposed(), exposed(key)));
                    }
                }
            }
        }
    }

    /// An order at a channel, and how far the hub is with it.
    private final class Order {
        private final Shop shop;
        private final int units;
        private final List<Integer> versions = new ArrayList<>();
        private long changedAt;
        private final List<Long> visibleAt = new ArrayList<>();
        private int announced;
        private int bookedVersion;
        private boolean booked;
        private boolean hubCancels;
        private int held;
        private int waits;
        private int unheard;

        private Order(Shop shop, int units, long at) {
            this.shop = shop;
            this.units = units;
            this.changedAt = at;
        }

        private void changed(int wanted) {
            versions.add(wanted);
            changedAt = now;
            visibleAt.add(now + random.nextInt(VISIBLE_WITHIN));
        }

        /// Notes how many of its units the hub still takes for sold though they were cancelled.
        private void hear() {
            int heard = booked ? Math.max(0, bookedWanted() - wanted()) : 0;
            shop.unheard += heard - unheard;
            unheard = heard;
        }

        private int wanted() {
            return versions.getLast();
        }

        private int wantedAt(int version) {
            return version == 0 ? units : versions.get(version - 1);
        }

        private int bookedWanted() {
            return booked ? held + waits : units;
        }

        private long changedAt() {
            return changedAt;
        }

        /// The newest version that a poll begun then finds.
        private int visible(long began) {
            int version = versions.size();
            while (version > 0 && visibleAt.get(version - 1) > began) {
                version--;
            }
            return version;
        }
    }

    /// A published number.
    private record Told(long sequence, long permit, int quantity, long sold, long cancelled, Mode mode) {
        private static final Told NONE = new Told(0, 0, 0, 0, 0, Mode.ESCROW);
    }

    /// A number that stood at the channel, on its way to being settled.
    private record Proof(
            long through,
            int quantity,
            long at,
            @Nullable Long cancelled,
            @Nullable Long announced) {}

    private record Kept(StockKey key, int units) {}

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }
}
