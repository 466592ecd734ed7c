package io.hubline.sandbox.demo;

import io.hubline.sandbox.amazon.AmazonControl;
import io.hubline.sandbox.amazon.Selling;
import io.hubline.sandbox.demo.ShopBooks.Line;
import io.hubline.sandbox.demo.ShopBooks.Refund;
import io.hubline.sandbox.demo.ShopBooks.Sale;
import io.hubline.sandbox.demo.ShopBooks.ShopOrder;
import io.hubline.sandbox.demo.ShopBooks.Shown;
import io.hubline.sandbox.demo.ShopBooks.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The simulated seller account at Amazon, seen from behind the counter.
///
/// Amazon rations what a seller may ask for, and the simulator rations it just so. It lists an order two
/// minutes after it changed and lets the list be asked for 20 times and then once in three minutes, 100
/// orders a time; and parcels are confirmed two a second. So its buyers come at [#ORDERS_PER_SECOND] at
/// most, however busy the shops are, and the demo settles no sooner than two minutes after the last of
/// them.
final class Marketplace {

    static final String ACCOUNT = "amazon-us";

    /// One page of the order list each time it is asked for must hold what changed since: orders are
    /// placed, leave PENDING, and ship.
    static final double ORDERS_PER_SECOND = 0.5;

    /// Sold by Amazon from its own warehouse: in the book, and no matter of our stock.
    static final String AT_AMAZON = "FBA-001";

    private final AmazonControl control;

    Marketplace(AmazonControl control) {
        this.control = control;
    }

    void open(List<Selling.NewListing> listings) throws InterruptedException {
        control.offer(ACCOUNT, listings);
    }

    void misbehave(Selling.Faults faults) throws InterruptedException {
        control.faults(ACCOUNT, faults);
    }

    /// Somebody buys what lies at Amazon.
    void sellFromAmazonsWarehouse() throws InterruptedException {
        control.place(ACCOUNT, Selling.NewOrder.of(AT_AMAZON, 1));
    }

    Selling.Tally tally() throws InterruptedException {
        return control.tally(ACCOUNT);
    }

    /// Whether no order waits for the seller.
    boolean isDone() throws InterruptedException {
        return control.orders(ACCOUNT).stream()
                .noneMatch(order -> !order.byAmazon() && state(order) == ShopOrder.State.OPEN);
    }

    /// What each of the seller's own offers shows, by the name the catalogue gives it.
    Map<String, Shown> shownNow() throws InterruptedException {
        Map<String, Shown> shown = new HashMap<>();
        for (Selling.Shown now : control.shown(ACCOUNT)) {
            if (!now.byAmazon()) {
                shown.put(offer(now.sku()), new Shown(offer(now.sku()), now.quantity()));
            }
        }
        return shown;
    }

    /// Everything the account counted, as of now.
    ShopBooks books() throws InterruptedException {
        List<ShopOrder> orders =
                control.orders(ACCOUNT).stream().map(Marketplace::order).toList();
        List<Write> writes = control.writes(ACCOUNT).stream()
                .filter(write -> write.how().equals("SUBMISSION"))
                .map(write -> new Write(ACCOUNT, offer(write.sku()), write.sku(), write.from(), write.to(), write.at()))
                .toList();
        List<Sale> sales = control.sales(ACCOUNT).stream()
                .map(sale -> new Sale(ACCOUNT, sale.sku(), sale.units(), sale.at()))
                .toList();
        List<Refund> refunds = control.refunds(ACCOUNT).stream()
                .map(refund -> new Refund(ACCOUNT, refund.orderId(), refund.minor()))
                .toList();
        Set<String> personal = new HashSet<>(control.people(ACCOUNT));
        return new ShopBooks(orders, shownNow(), writes, sales, refunds, Set.of(), personal);
    }

    private static ShopOrder order(Selling.Order order) {
        return new ShopOrder(
                ACCOUNT,
                order.id(),
                state(order),
                order.byAmazon(),
                order.lines().stream().mapToLong(Selling.OrderLine::paidMinor).sum(),
                order.lines().stream()
                        .map(line -> new Line(line.sku(), line.quantity(), line.shipped()))
                        .toList());
    }

    private static ShopOrder.State state(Selling.Order order) {
        return switch (order.status()) {
            case "SHIPPED" -> ShopOrder.State.FULFILLED;
            case "CANCELLED" -> ShopOrder.State.CANCELLED;
            default -> ShopOrder.State.OPEN;
        };
    }

    private static String offer(String sku) {
        return ACCOUNT + ":" + sku;
    }
}
