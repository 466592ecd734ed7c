package io.hubline.sandbox.amazon;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.amazon.store.BuyOutcome;
import io.hubline.sandbox.amazon.store.PlacedOrder;
import io.hubline.sandbox.amazon.store.Refusal;
import io.hubline.sandbox.amazon.store.Seller;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The storefront: what a buyer may do. These calls are the simulator's own, and the same as at the
/// simulated shops, so that the same buyers can visit both.
final class BuyerEdge {

    private static final int MOST_LINES = 50;
    private static final int MOST_UNITS = 10_000;
    private static final String USUAL_REASON = "Changed my mind";

    private BuyerEdge() {}

    /// `POST /stores/{seller}/buyer/orders`: 201 with a receipt, or 422 with what is sold out.
    static void buy(HttpExchange exchange, SimulatedSeller seller) throws IOException {
        Answers.demand(exchange, "POST");
        switch (place(seller, Answers.body(exchange, Selling.NewOrder.class))) {
            case BuyOutcome.Bought(PlacedOrder order) -> Answers.send(exchange, 201, receipt(order));
            case BuyOutcome.SoldOut(List<BuyOutcome.Shortage> shortages) ->
                Answers.send(exchange, 422, Map.of("error", "sold out", "shortages", shortages));
            case BuyOutcome.NotSold(String why) -> Answers.refuse(exchange, 422, why);
        }
    }

    static BuyOutcome place(SimulatedSeller seller, Selling.NewOrder basket) {
        if (basket.lines().isEmpty() || basket.lines().size() > MOST_LINES) {
            throw new Answers.Refused(400, "lines must have 1 to %d entries".formatted(MOST_LINES));
        }
        for (Selling.Line line : basket.lines()) {
            if (line.sku() == null || line.quantity() < 1 || line.quantity() > MOST_UNITS) {
                throw new Answers.Refused(400, "a line has a sku and a quantity of 1 to %d".formatted(MOST_UNITS));
            }
        }
        Long pending = basket.pendingMillis();
        Long shipping = basket.shippingMinor();
        if ((pending != null && pending < 0) || (shipping != null && shipping < 0)) {
            throw new Answers.Refused(400, "pendingMillis and shippingMinor must not be negative");
        }
        return seller.seller()
                .place(
                        basket.lines().stream()
                                .map(line -> new Seller.Wanted(line.sku(), line.quantity()))
                                .toList(),
                        seller.people().person(seller.buyers().incrementAndGet()),
                        pending == null ? null : Duration.ofMillis(pending),
                        shipping == null ? 0 : shipping);
    }

    /// `POST /stores/{seller}/buyer/orders/{id}/cancellation`: 200 when the order has ended, 202 when the
    /// seller was only asked to end it, 409 when it is too late.
    static void cancel(HttpExchange exchange, SimulatedSeller seller, String orderId) throws IOException {
        Answers.demand(exchange, "POST");
        PlacedOrder order = seller.seller()
                .order(orderId)
                .orElseThrow(() -> new Answers.Refused(404, "there is no order " + orderId));
        try {
            boolean ended = seller.seller().cancelByBuyer(order, USUAL_REASON);
            Answers.send(exchange, ended ? 200 : 202, receipt(order));
        } catch (Refusal refused) {
            Answers.refuse(exchange, 409, refused.why());
        }
    }

    /// `GET /stores/{seller}/buyer/orders/{id}`: how the order stands, as its buyer may know.
    static void look(HttpExchange exchange, SimulatedSeller seller, String orderId) throws IOException {
        Answers.demand(exchange, "GET");
        PlacedOrder order = seller.seller()
                .order(orderId)
                .orElseThrow(() -> new Answers.Refused(404, "there is no order " + orderId));
        Answers.send(exchange, 200, seller.seller().locked(() -> receipt(order)));
    }

    private static Map<String, Object> receipt(PlacedOrder order) {
        Map<String, Object> receipt = new LinkedHashMap<>();
        receipt.put("id", order.id());
        receipt.put("status", order.status().name());
        receipt.put("createdAt", order.createdAt().toString());
        receipt.put(
                "lines",
                order.items().stream()
                        .map(item -> Map.of(
                                "lineItemId", item.id(),
                                "sku", item.sku(),
                                "quantity", item.quantity(),
                                "shipped", item.shipped()))
                        .toList());
        return receipt;
    }
}
