package io.hubline.sandbox.shopify;

import io.hubline.sandbox.simulator.ControlClient;
import java.net.URI;
import java.util.List;

/// The client of a simulator's control API.
///
/// Every method throws `IllegalStateException` with the simulator's reason when it refuses, and when it
/// does not answer.
public final class SimulatorControl implements AutoCloseable {

    private final ControlClient http;

    public SimulatorControl(URI simulator, String token) {
        this.http = new ControlClient(simulator, token);
    }

    public List<String> shops() throws InterruptedException {
        return http.many("GET", "/control/shops", null, String.class);
    }

    public List<Control.Listed> create(String shop, Control.Catalogue catalogue) throws InterruptedException {
        return http.many("POST", path(shop, "catalogue"), catalogue, Control.Listed.class);
    }

    public List<Control.Listed> catalogue(String shop) throws InterruptedException {
        return http.many("GET", path(shop, "catalogue"), null, Control.Listed.class);
    }

    /// Replaces all faults of the shop, from the next message and call on.
    public Control.Faults faults(String shop, Control.Faults faults) throws InterruptedException {
        return http.one("PUT", path(shop, "faults"), faults, Control.Faults.class);
    }

    public Control.Tally tally(String shop) throws InterruptedException {
        return http.one("GET", path(shop, "tally"), null, Control.Tally.class);
    }

    /// Every order of the shop, oldest first.
    public List<Control.Order> orders(String shop) throws InterruptedException {
        return http.all(path(shop, "orders"), Control.Order.class);
    }

    public Control.Order order(String shop, String id) throws InterruptedException {
        return http.one("GET", path(shop, "orders/" + id), null, Control.Order.class);
    }

    /// All money given back, in order.
    public List<Control.Refund> refunds(String shop) throws InterruptedException {
        return http.all(path(shop, "refunds"), Control.Refund.class);
    }

    /// All returns with their present state, by order.
    public List<Control.Return> returns(String shop) throws InterruptedException {
        return http.all(path(shop, "returns"), Control.Return.class);
    }

    /// The seller opens a return of an order, without a buyer's request.
    public Control.Return openReturn(String shop, String orderId, Control.NewReturn wanted)
            throws InterruptedException {
        return http.one("POST", path(shop, "orders/" + orderId + "/returns"), wanted, Control.Return.class);
    }

    /// All products as they stand in the shop.
    public List<Control.ListedProduct> products(String shop) throws InterruptedException {
        return http.all(path(shop, "products"), Control.ListedProduct.class);
    }

    public List<Control.Shown> shown(String shop) throws InterruptedException {
        return http.many("GET", path(shop, "shown"), null, Control.Shown.class);
    }

    /// Changes what the shop shows without telling anybody.
    public Control.Shown sabotage(String shop, Control.Sabotage sabotage) throws InterruptedException {
        return http.one("PUT", path(shop, "shown"), sabotage, Control.Shown.class);
    }

    /// Every attempt to change a shown number from outside, in the order they were decided.
    public List<Control.Write> writes(String shop) throws InterruptedException {
        return http.all(path(shop, "writes"), Control.Write.class);
    }

    /// Every change of a shown number by trade, in order.
    public List<Control.Sale> sales(String shop) throws InterruptedException {
        return http.all(path(shop, "sales"), Control.Sale.class);
    }

    /// The newest webhook messages, oldest first; the tally's counts are complete.
    public List<Control.Webhook> webhooks(String shop) throws InterruptedException {
        return http.all(path(shop, "webhooks"), Control.Webhook.class);
    }

    public Control.Redelivery redeliver(String shop, String webhookId) throws InterruptedException {
        return http.one("POST", path(shop, "webhooks/" + webhookId + "/delivery"), null, Control.Redelivery.class);
    }

    /// What buyers gave of themselves, to look for where it must not be.
    public List<String> people(String shop) throws InterruptedException {
        return http.many("GET", path(shop, "people"), null, String.class);
    }

    private static String path(String shop, String what) {
        return "/control/shops/" + shop + "/" + what;
    }

    @Override
    public void close() {
        http.close();
    }
}
