package io.hubline.sandbox.amazon;

import io.hubline.sandbox.simulator.ControlClient;
import java.net.URI;
import java.util.List;

/// The client of a simulator's control API for Amazon accounts.
///
/// Every method throws `IllegalStateException` with the simulator's reason when it refuses, and when it
/// does not answer.
public final class AmazonControl implements AutoCloseable {

    private static final String ROOT = "/control/amazon";

    private final ControlClient http;

    public AmazonControl(URI simulator, String token) {
        this.http = new ControlClient(simulator, token);
    }

    public List<String> sellers() throws InterruptedException {
        return http.many("GET", ROOT, null, String.class);
    }

    /// Offers these at once; refused as a whole when one of them cannot be.
    public List<Selling.Listed> offer(String seller, List<Selling.NewListing> listings) throws InterruptedException {
        return http.many("POST", path(seller, "listings"), listings, Selling.Listed.class);
    }

    public List<Selling.Listed> listings(String seller) throws InterruptedException {
        return http.many("GET", path(seller, "listings"), null, Selling.Listed.class);
    }

    public Selling.Behaviour behaviour(String seller) throws InterruptedException {
        return http.one("GET", path(seller, "behaviour"), null, Selling.Behaviour.class);
    }

    /// Replaces how the account behaves, for what begins from now on.
    public Selling.Behaviour behaviour(String seller, Selling.Behaviour behaviour) throws InterruptedException {
        return http.one("PUT", path(seller, "behaviour"), behaviour, Selling.Behaviour.class);
    }

    /// Replaces all faults of the account, from the next call on.
    public Selling.Faults faults(String seller, Selling.Faults faults) throws InterruptedException {
        return http.one("PUT", path(seller, "faults"), faults, Selling.Faults.class);
    }

    /// Lets a buyer order; refused when there is too little.
    public Selling.Order place(String seller, Selling.NewOrder order) throws InterruptedException {
        return http.one("POST", path(seller, "orders"), order, Selling.Order.class);
    }

    /// Puts the example order of this package into the book, to be served exactly as it is; once per
    /// account.
    public Selling.Order placeExample(String seller) throws InterruptedException {
        return http.one("POST", path(seller, "orders/example"), null, Selling.Order.class);
    }

    /// Ends PENDING at once.
    public Selling.Order release(String seller, String orderId) throws InterruptedException {
        return http.one("POST", path(seller, "orders/" + orderId + "/release"), null, Selling.Order.class);
    }

    /// Cancels or, as a buyer of an order that is not PENDING any more, asks the seller to.
    public Selling.Order cancel(String seller, String orderId, Selling.Cancellation cancellation)
            throws InterruptedException {
        return http.one("POST", path(seller, "orders/" + orderId + "/cancellation"), cancellation, Selling.Order.class);
    }

    /// Every order of the account, oldest first.
    public List<Selling.Order> orders(String seller) throws InterruptedException {
        return http.all(path(seller, "orders"), Selling.Order.class);
    }

    public Selling.Order order(String seller, String id) throws InterruptedException {
        return http.one("GET", path(seller, "orders/" + id), null, Selling.Order.class);
    }

    public Selling.Tally tally(String seller) throws InterruptedException {
        return http.one("GET", path(seller, "tally"), null, Selling.Tally.class);
    }

    public List<Selling.Shown> shown(String seller) throws InterruptedException {
        return http.many("GET", path(seller, "shown"), null, Selling.Shown.class);
    }

    /// Changes what the account shows without telling anybody.
    public Selling.Shown sabotage(String seller, Selling.Sabotage sabotage) throws InterruptedException {
        return http.one("PUT", path(seller, "shown"), sabotage, Selling.Shown.class);
    }

    /// Every number set from outside, in the order in which they took effect.
    public List<Selling.Write> writes(String seller) throws InterruptedException {
        return http.all(path(seller, "writes"), Selling.Write.class);
    }

    /// Every change of a shown number by trade, in order.
    public List<Selling.Sale> sales(String seller) throws InterruptedException {
        return http.all(path(seller, "sales"), Selling.Sale.class);
    }

    /// Every refund that is posted, in order.
    public List<Selling.Refund> refunds(String seller) throws InterruptedException {
        return http.all(path(seller, "refunds"), Selling.Refund.class);
    }

    /// The newest calls of the vendor's operations, oldest first.
    public List<Selling.Exchange> journal(String seller) throws InterruptedException {
        return http.all(path(seller, "journal"), Selling.Exchange.class);
    }

    /// What buyers gave of themselves, to look for where it must not be.
    public List<String> people(String seller) throws InterruptedException {
        return http.many("GET", path(seller, "people"), null, String.class);
    }

    private static String path(String seller, String what) {
        return ROOT + "/" + seller + "/" + what;
    }

    @Override
    public void close() {
        http.close();
    }
}
