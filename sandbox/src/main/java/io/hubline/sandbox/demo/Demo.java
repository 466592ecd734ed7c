package io.hubline.sandbox.demo;

import io.hubline.contracts.Topic;
import io.hubline.embedded.InfrastructureException;
import io.hubline.sandbox.amazon.AmazonControl;
import io.hubline.sandbox.demo.DemoFigures.Fault;
import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.launcher.LaunchException;
import io.hubline.sandbox.launcher.Progress;
import io.hubline.sandbox.launcher.Supervisor;
import io.hubline.sandbox.shopify.SimulatorControl;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `./hub demo`: starts a hub over fresh data, lets it trade while things go wrong, and judges it from
/// outside.
///
/// Exit codes: 0 every invariant holds, 1 not, 2 wrong usage.
public final class Demo {

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration SETTLE_WITHIN = Duration.ofMinutes(8);

    private final DemoOptions options;
    private final PrintStream out;
    private final Progress progress;
    private final Supervisor hub;

    private Demo(DemoOptions options, PrintStream out, Supervisor hub) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(out);
        this.hub = hub;
    }

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(List.of(words), terminal(), System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        DemoOptions options;
        try {
            options = DemoOptions.parse(words);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return USAGE;
        }
        try (Supervisor hub = Supervisor.overFreshData(Hub.ofEnvironment(), new Progress(out), options.seed())) {
            return new Demo(options, out, hub).run();
        } catch (LaunchException | InfrastructureException | IllegalStateException e) {
            err.println("The demo could not go on: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            err.println("The figures could not be written to %s: %s".formatted(options.json(), e.getMessage()));
            return FAILED;
        }
    }

    private int run() throws InterruptedException, IOException {
        out.println("Starting a hub over fresh data:");
        hub.start();
        LiveDatabases databases = new LiveDatabases(hub);
        try (SimulatorControl control = new SimulatorControl(hub.urlOf(Hub.SIMULATOR), hub.controlToken());
                AmazonControl amazon = new AmazonControl(hub.urlOf(Hub.SIMULATOR), hub.controlToken())) {
            Shops shops = new Shops(control, new Marketplace(amazon));
            HubApi api = new HubApi(() -> hub.token("operator", "catalog", "viewer"));
            Assortment assortment = new Assortment(api, hub::urlOf, shops, options.mode());
            Saboteur saboteur = new Saboteur(databases, shops);
            Settling settling = new Settling(databases, shops);
            int unitsExpected = (int) Math.ceil(options.seconds() * options.rate());

            progress.say("Setting up %d SKUs in two shops, at Amazon and in three locations ..."
                    .formatted(Assortment.SKUS + 1));
            assortment.setUp(unitsExpected);
            settling.await(
                    "the shops show the first quantities",
                    SETTLE_WITHIN,
                    options.mode() == DemoOptions.Mode.ESCROW ? settling::numbersAreThere : settling::numbersAgree);
            options.sabotages().forEach(saboteur::prepare);
            progress.say(String.format(
                    Locale.ROOT,
                    "Trading for %d s at %.1f orders/s (seed %d) ...",
                    options.seconds(),
                    options.rate(),
                    options.seed()));
            progress.say(String.format(
                    Locale.ROOT,
                    "  %.1f of them a second come to Amazon, whose quota bears %.1f; what changes there it lists two minutes late.",
                    Trade.amazonsRate(options.rate()),
                    Marketplace.ORDERS_PER_SECOND));
            Trade trade = new Trade(hub, shops, assortment, options, progress);
            List<Fault> faults = trade.run();
            progress.say("Settling ...");
            long settlingSince = System.nanoTime();
            trade.finish(
                    () -> settling.await("hub and shops have nothing left to do", SETTLE_WITHIN, settling::isDone));
            double settleSeconds = (System.nanoTime() - settlingSince) / 1e9;
            List<String> damage = new ArrayList<>();
            for (Sabotage sabotage : options.sabotages()) {
                damage.add(saboteur.strike(sabotage));
            }
            // Before anything else is read: a hub that looks after its shops would mend what was done to them.
            ShopBooks books = shops.books();

            DemoFigures figures = new Reckoning(databases, topics(), shops.tallies(), books, assortment, trade)
                    .figures(options, hub.startupSeconds(), settleSeconds, faults, damage);
            Report.print(figures, out);
            @Nullable Path json = options.json();
            if (json != null) {
                Report.write(figures, json);
            }
            if (options.keep()) {
                out.println("Everything is left running. Ctrl-C or './hub down' stops it.\n" + hub.addresses());
                hub.awaitEnd();
            }
            return figures.passed() ? PASSED : FAILED;
        }
    }

    private Map<Topic, List<TopicLog.Entry>> topics() {
        Map<Topic, List<TopicLog.Entry>> topics = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            topics.put(topic, TopicLog.read(hub.bootstrapServers(), topic.topicName()));
        }
        return topics;
    }

    @SuppressWarnings("SystemOut") // this is a command; its output is what the user came for
    private static PrintStream terminal() {
        return System.out;
    }
}
