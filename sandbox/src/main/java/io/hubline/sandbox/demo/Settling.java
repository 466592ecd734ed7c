package io.hubline.sandbox.demo;

import io.hubline.sandbox.demo.Inspection.Databases;
import io.hubline.sandbox.demo.ShopBooks.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Waits for a hub to come to rest, by looking at what it still has to do.
///
/// It gives up after a while without a complaint: a hub that does not come to rest is for the verdict to
/// name.
final class Settling {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int QUIET_LOOKS = 3;

    private final Databases databases;
    private final Shops shops;

    Settling(Databases databases, Shops shops) {
        this.databases = databases;
        this.shops = shops;
    }

    /// Returns when `rest` was true at several looks in a row, or the time is up.
    boolean await(String what, Duration within, Rest rest) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        int quiet = 0;
        while (System.nanoTime() < deadline) {
            quiet = rest.reached() ? quiet + 1 : 0;
            if (quiet == QUIET_LOOKS) {
                return true;
            }
            Thread.sleep(LOOK_EVERY);
        }
        System.err.printf("Waited %d s in vain until %s.%n", within.toSeconds(), what);
        return false;
    }

    /// Nothing waits anywhere: no order, no message, no event, no act, no number.
    boolean isDone() throws InterruptedException {
        return shops.areDone() && nothingWaits() && numbersAgree();
    }

    private boolean nothingWaits() {
        for (String name : Databases.NAMES) {
            try (Database database = databases.open(name)) {
                if (database.number("select count(*) from outbox") > 0) {
                    return false;
                }
            }
        }
        try (Database connector = databases.open("connector");
                Database orders = databases.open("orders");
                Database inventory = databases.open("inventory");
                Database returns = databases.open("returns")) {
            return connector.number("select count(*) from inbound_message where status = 'pending'") == 0
                    && connector.number("select count(*) from act where status in ('pending', 'running', 'unknown')")
                            == 0
                    && orders.number("select count(*) from customer_order where state = 'OPEN'") == 0
                    && inventory.number("select count(*) from reservation where held + backordered + allocated > 0")
                            == 0
                    && returns.number("select count(*) from rma where state in ('WAITING', 'REQUESTED', 'OPEN')") == 0;
        }
    }

    /// Every shop shows what inventory says it should, and there is something to show.
    boolean numbersAgree() throws InterruptedException {
        Map<String, Shown> shown = shops.shownNow();
        try (Database inventory = databases.open("inventory")) {
            List<Shown> wanted = inventory.rows(
                    "select offer, announced_quantity from offer where active",
                    row -> new Shown(row.getString(1), row.getInt(2)));
            return !wanted.isEmpty() && wanted.stream().allMatch(offer -> offer.equals(shown.get(offer.offer())));
        }
    }

    /// The same, and of every SKU that lies on a shelf some channel shows some. Units are divided only when
    /// all channels are known to show none (E10), and at Amazon that takes minutes.
    boolean numbersAreThere() throws InterruptedException {
        try (Database inventory = databases.open("inventory")) {
            long unseen = inventory.number("""
                    select count(*) from pool_position p
                    where p.on_hand > p.reserved
                      and exists (select from offer o where o.sku = p.sku and o.active)
                      and not exists (select from offer o where o.sku = p.sku and o.active and o.announced_quantity > 0)
                    """);
            return unseen == 0 && numbersAgree();
        }
    }

    /// A look at the hub.
    @FunctionalInterface
    interface Rest {
        boolean reached() throws InterruptedException;
    }
}
