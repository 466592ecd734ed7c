package io.hubline.sandbox.demo;

import io.hubline.embedded.Infrastructure.Server;
import io.hubline.sandbox.demo.DemoFigures.Fault;
import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.launcher.Progress;
import io.hubline.sandbox.launcher.Supervisor;
import io.hubline.sandbox.shopify.Control;
import io.hubline.sandbox.trade.BuyerGenerator;
import io.hubline.sandbox.trade.BuyerPlan;
import io.hubline.sandbox.trade.ReturnedUnits;
import io.hubline.sandbox.trade.ReturnsDesk;
import io.hubline.sandbox.trade.ShippedUnits;
import io.hubline.sandbox.trade.Storefront;
import io.hubline.sandbox.trade.TurnedAway;
import io.hubline.sandbox.trade.Warehouse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Buyers, a warehouse, and everything that goes wrong meanwhile, on a schedule.
final class Trade {

    private static final double CANCEL_SHARE = 0.08;
    private static final Duration CANCEL_WITHIN = Duration.ofSeconds(4);
    private static final double RETURN_SHARE = 0.06;
    private static final Duration RETURN_WITHIN = Duration.ofSeconds(30);
    private static final Duration WALK_EVERY = Duration.ofMillis(500);
    private static final Duration PICK_TIME = Duration.ofSeconds(2);
    private static final Duration RETURN_TIME = Duration.ofSeconds(3);
    private static final int LETTERS = 4;
    private static final int SOLD_BY_AMAZON = 3;
    private static final Control.Faults FAULTS = Control.Faults.webhooks(8, 8, 4);

    private final Supervisor hub;
    private final Shops shops;
    private final Assortment assortment;
    private final DemoOptions options;
    private final Progress progress;
    private final Warehouse warehouse;
    private final ReturnsDesk returnsDesk;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final int unitsExpected;
    private List<TurnedAway> turnedAway = List.of();

    Trade(Supervisor hub, Shops shops, Assortment assortment, DemoOptions options, Progress progress) {
        this.hub = hub;
        this.shops = shops;
        this.assortment = assortment;
        this.options = options;
        this.progress = progress;
        this.unitsExpected = (int) Math.ceil(options.seconds() * options.rate());
        this.warehouse =
                new Warehouse(hub.urlOf("order"), () -> hub.token("operator"), WALK_EVERY, PICK_TIME, options.seed());
        this.returnsDesk = new ReturnsDesk(
                hub.urlOf("returns"),
                hub.urlOf("order"),
                () -> hub.token("operator"),
                new ReturnsDesk.Letters(Marketplace.ACCOUNT, LETTERS),
                Assortment.RETURNS_LOCATION,
                WALK_EVERY,
                RETURN_TIME,
                options.seed());
    }

    /// Trades for as long as was asked; answers what went wrong on purpose.
    List<Fault> run() throws InterruptedException {
        shops.misbehave(FAULTS);
        work(warehouse::run);
        work(returnsDesk::run);
        BuyerGenerator generator = buyers();
        Future<?> buyers = workers.submit(generator::run);
        for (int sold = 0; sold < SOLD_BY_AMAZON; sold++) {
            shops.marketplace().sellFromAmazonsWarehouse();
        }
        List<Fault> faults = new ArrayList<>();
        long begun = System.nanoTime();
        long end = begun + options.seconds() * 1_000_000_000L;
        long free = begun;
        if (!options.stall().isZero()) {
            at(begun, end, 0.05);
            faults.add(fault(
                    "order-service stands still for %d s"
                            .formatted(options.stall().toSeconds()),
                    begun,
                    () -> hub.stall("order", options.stall())));
            // What else goes wrong shares the time that is left.
            free = System.nanoTime();
        }
        at(free, end, 0.10);
        faults.add(crash("connector", begun));
        at(free, end, 0.25);
        faults.add(crash("order", begun));
        at(free, end, 0.40);
        faults.add(crash("inventory", begun));
        at(free, end, 0.55);
        faults.add(outage("PostgreSQL is restarted", Server.POSTGRES, begun));
        at(free, end, 0.65);
        faults.add(outage("Kafka is restarted", Server.KAFKA, begun));
        at(free, end, 0.72);
        assortment.deliver(unitsExpected);
        at(free, end, 0.76);
        assortment.introduceLatecomer();
        at(free, end, 0.82);
        faults.add(fault(
                "Redis forgets everything", begun, () -> hub.infrastructure().flushRedis()));
        finished(buyers);
        turnedAway = generator.turnedAway();
        return faults;
    }

    /// Keeps the warehouse at work until `settled` returns.
    void finish(Callable<Boolean> settled) throws InterruptedException {
        try {
            settled.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("settling broke: " + e.getMessage(), e);
        } finally {
            warehouse.close();
            returnsDesk.close();
            workers.shutdownNow();
        }
    }

    /// Orders a second that buyers place at Amazon, of `rate` in all: a third, as long as Amazon's quota
    /// bears it.
    static double amazonsRate(double rate) {
        return Math.min(rate / Shops.ACCOUNTS.size(), Marketplace.ORDERS_PER_SECOND);
    }

    /// Units that left, by SKU, as the warehouse counted them.
    Map<String, Integer> shipped() {
        return warehouse.shipped().stream()
                .collect(Collectors.toMap(ShippedUnits::sku, ShippedUnits::quantity, Integer::sum));
    }

    /// Units that went back on the shelf, by SKU, as the returns desk counted them.
    Map<String, Integer> restocked() {
        return returnsDesk.returned().stream()
                .filter(ReturnedUnits::restocked)
                .collect(Collectors.toMap(ReturnedUnits::sku, ReturnedUnits::quantity, Integer::sum));
    }

    /// Buyers whose shop showed too few, of the whole trade.
    List<TurnedAway> turnedAway() {
        return turnedAway;
    }

    /// Everything that came back.
    List<ReturnedUnits> returned() {
        return returnsDesk.returned();
    }

    private void work(Work work) {
        workers.execute(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private BuyerGenerator buyers() {
        List<String> skus = new ArrayList<>(assortment.skus());
        skus.add(Assortment.LATECOMER);
        List<Storefront> storefronts = new ArrayList<>();
        double atAmazon = amazonsRate(options.rate());
        for (String shop : Shops.NAMES) {
            storefronts.add(new Storefront(
                    URI.create(hub.urlOf(Hub.SIMULATOR) + "/shops/" + shop),
                    skus,
                    true,
                    (options.rate() - atAmazon) / Shops.NAMES.size()));
        }
        storefronts.add(new Storefront(
                URI.create(hub.urlOf(Hub.SIMULATOR) + "/amazon/stores/" + Marketplace.ACCOUNT),
                assortment.deepSkus(),
                false,
                atAmazon));
        return new BuyerGenerator(
                storefronts,
                new BuyerPlan(
                        options.rate(),
                        Duration.ofSeconds(options.seconds()),
                        CANCEL_SHARE,
                        CANCEL_WITHIN,
                        options.seed(),
                        RETURN_SHARE,
                        RETURN_WITHIN));
    }

    private Fault crash(String part, long begun) throws InterruptedException {
        return fault("SIGKILL for %s-service".formatted(part), begun, () -> {
            hub.kill9(part);
            hub.restart(part);
        });
    }

    private Fault outage(String what, Server server, long begun) throws InterruptedException {
        return fault(what, begun, () -> {
            hub.infrastructure().restart(server);
            hub.awaitReady();
        });
    }

    private Fault fault(String what, long begun, Damage damage) throws InterruptedException {
        double at = (System.nanoTime() - begun) / 1e9;
        progress.say(String.format(Locale.ROOT, "  %5.1f s  %s", at, what));
        damage.andRecovery();
        double over = (System.nanoTime() - begun) / 1e9;
        progress.say(String.format(Locale.ROOT, "  %5.1f s  all parts are ready", over));
        return new Fault(what, at, over - at);
    }

    /// Returns when that share of the time between the two moments has passed.
    private static void at(long from, long end, double share) throws InterruptedException {
        long wait = (from + (long) (share * (end - from)) - System.nanoTime()) / 1_000_000;
        if (wait > 0) {
            Thread.sleep(wait);
        }
    }

    /// What somebody does until told to stop.
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    /// Something that goes wrong, until the hub says that it is ready again.
    @FunctionalInterface
    private interface Damage {
        void andRecovery() throws InterruptedException;
    }

    private static void finished(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the buyers broke: " + e.getCause(), e.getCause());
        }
    }
}
