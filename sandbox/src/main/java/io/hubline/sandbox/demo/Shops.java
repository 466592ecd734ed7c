package io.hubline.sandbox.demo;

import io.hubline.sandbox.demo.ShopBooks.Line;
import io.hubline.sandbox.demo.ShopBooks.Refund;
import io.hubline.sandbox.demo.ShopBooks.Sale;
import io.hubline.sandbox.demo.ShopBooks.ShopOrder;
import io.hubline.sandbox.demo.ShopBooks.Shown;
import io.hubline.sandbox.demo.ShopBooks.Write;
import io.hubline.sandbox.shopify.Control;
import io.hubline.sandbox.shopify.SimulatorControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The simulated channels, seen from behind the counter: what they sell, what goes wrong in them, what they
/// counted. Two shops of Shopify, and the account at Amazon.
final class Shops {

    static final List<String> NAMES = List.of("shop-a", "shop-b");

    /// Every account, those of all channels.
    static final List<String> ACCOUNTS =
            Stream.concat(NAMES.stream(), Stream.of(Marketplace.ACCOUNT)).toList();

    private final SimulatorControl control;
    private final Marketplace marketplace;

    Shops(SimulatorControl control, Marketplace marketplace) {
        this.control = control;
        this.marketplace = marketplace;
    }

    Marketplace marketplace() {
        return marketplace;
    }

    /// Opens a shop with these products; answers what it lists, with its ids.
    List<Control.Listed> open(String shop, Control.Catalogue catalogue) throws InterruptedException {
        return control.create(shop, catalogue);
    }

    /// Makes things go wrong in every shop, from the next message on.
    void misbehave(Control.Faults faults) throws InterruptedException {
        for (String shop : NAMES) {
            control.faults(shop, faults);
        }
    }

    List<Control.Tally> tallies() throws InterruptedException {
        List<Control.Tally> tallies = new ArrayList<>();
        for (String shop : NAMES) {
            tallies.add(control.tally(shop));
        }
        return tallies;
    }

    /// Whether no webhook waits for another try and every order is fulfilled or cancelled, as the shops see
    /// it.
    boolean areDone() throws InterruptedException {
        return marketplace.isDone()
                && tallies().stream()
                        .allMatch(tally ->
                                tally.ordersOpen() == 0 && tally.messages().pending() == 0);
    }

    /// Shows one unit more than the hub wrote.
    String changeOneNumberBehindTheHubsBack() throws InterruptedException {
        Control.Shown victim = control.shown(NAMES.getFirst()).getFirst();
        control.sabotage(
                victim.shop(), new Control.Sabotage(victim.sku(), victim.locationId(), victim.available() + 1));
        return "made %s show %d of %s instead of %d"
                .formatted(victim.shop(), victim.available() + 1, victim.sku(), victim.available());
    }

    /// What each offer shows, by the name the catalogue gives it.
    Map<String, Shown> shownNow() throws InterruptedException {
        Map<String, Shown> shown = new HashMap<>(marketplace.shownNow());
        for (String shop : NAMES) {
            for (Control.Shown level : control.shown(shop)) {
                String location =
                        level.locationId().substring(level.locationId().lastIndexOf('/') + 1);
                String offer = "%s:%s@%s".formatted(shop, level.sku(), location);
                shown.put(offer, new Shown(offer, level.available()));
            }
        }
        return shown;
    }

    /// Everything the shops counted, as of now.
    ShopBooks books() throws InterruptedException {
        List<ShopOrder> orders = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        List<Sale> sales = new ArrayList<>();
        List<Refund> refunds = new ArrayList<>();
        Set<String> accepted = new HashSet<>();
        Set<String> personal = new HashSet<>();
        for (String shop : NAMES) {
            control.orders(shop).stream().map(Shops::order).forEach(orders::add);
            control.writes(shop).stream()
                    .filter(write ->
                            write.result().equals("APPLIED") || write.result().equals("UNCHANGED"))
                    .map(Shops::write)
                    .forEach(writes::add);
            control.sales(shop).stream()
                    .map(sale -> new Sale(shop, sale.sku(), sale.units(), sale.at()))
                    .forEach(sales::add);
            control.refunds(shop).stream()
                    .filter(refund -> !refund.byCancellation())
                    .map(refund -> new Refund(shop, refund.orderId(), refund.amountMinor()))
                    .forEach(refunds::add);
            control.webhooks(shop).stream()
                    .filter(webhook -> webhook.status().equals("ACCEPTED"))
                    .map(webhook -> shop + ":" + webhook.webhookId())
                    .forEach(accepted::add);
            personal.addAll(control.people(shop));
        }
        return new ShopBooks(orders, shownNow(), writes, sales, refunds, accepted, personal).with(marketplace.books());
    }

    private static ShopOrder order(Control.Order order) {
        ShopOrder.State state = switch (order.state()) {
            case "FULFILLED" -> ShopOrder.State.FULFILLED;
            case "CANCELLED" -> ShopOrder.State.CANCELLED;
            default -> ShopOrder.State.OPEN;
        };
        return new ShopOrder(
                order.shop(),
                order.id(),
                state,
                false,
                order.totalMinor(),
                order.lines().stream()
                        .map(line -> new Line(line.sku(), line.quantity(), line.shipped()))
                        .toList());
    }

    private static Write write(Control.Write write) {
        return new Write(
                write.shop(),
                offer(write.shop(), write.sku(), write.locationId()),
                write.sku(),
                write.from(),
                write.to(),
                write.at());
    }

    /// The catalogue's name of an entry: account, SKU text, and the place where the shop counts.
    private static String offer(String shop, String sku, String locationId) {
        return "%s:%s@%s".formatted(shop, sku, locationId.substring(locationId.lastIndexOf('/') + 1));
    }
}
