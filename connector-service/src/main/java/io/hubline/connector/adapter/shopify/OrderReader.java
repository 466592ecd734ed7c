package io.hubline.connector.adapter.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.shopify.ShopifyWire.Connection;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrderLine;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrderLines;
import io.hubline.connector.adapter.shopify.ShopifyWire.LineItem;
import io.hubline.connector.adapter.shopify.ShopifyWire.Order;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderFulfillmentOrders;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderLines;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderReturns;
import io.hubline.connector.adapter.shopify.ShopifyWire.Return;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnLine;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnLines;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads whole orders. A call is charged for as many lines as it could bring, so it asks for few; what an
/// order has beyond them is read by further calls.
@Singleton
class OrderReader {

    // As many tax lines as `OrdersById` asks for: with so many there may be more.
    private static final int TAX_LINES_ASKED = 5;
    private static final int PAGES_MAX = 200;

    private final ShopifyClient client;

    OrderReader(ShopifyClient client) {
        this.client = client;
    }

    /// Orders as far as one call tells of them, unread, by external id: one that cannot be read must not
    /// spoil the others. Too many at once for the shop are asked for in halves.
    Outcome<Map<String, JsonNode>> nodes(Account account, List<String> externalIds) {
        ObjectNode variables = client.json().createObjectNode();
        ArrayNode ids = variables.putArray("ids");
        externalIds.forEach(externalId -> ids.add(gid(externalId)));
        Outcome<Nodes> outcome = client.call(account, Document.ORDERS_BY_ID, variables, Nodes.class);
        if (outcome instanceof Refused<Nodes>(String code, String _)
                && code.equals("MAX_COST_EXCEEDED")
                && externalIds.size() > 1) {
            return halves(account, externalIds);
        }
        if (!(outcome instanceof Done<Nodes>(Nodes data))) {
            return Outcome.failed(outcome);
        }
        Map<String, JsonNode> found = new HashMap<>();
        for (@Nullable JsonNode node : data.nodes()) {
            if (node != null && node.hasNonNull("legacyResourceId")) {
                found.put(node.get("legacyResourceId").asText(), node);
            }
        }
        return new Done<>(found);
    }

    private Outcome<Map<String, JsonNode>> halves(Account account, List<String> externalIds) {
        int half = externalIds.size() / 2;
        Map<String, JsonNode> both = new HashMap<>();
        for (List<String> part : List.of(externalIds.subList(0, half), externalIds.subList(half, externalIds.size()))) {
            Outcome<Map<String, JsonNode>> outcome = nodes(account, part);
            if (!(outcome instanceof Done<Map<String, JsonNode>>(Map<String, JsonNode> found))) {
                return outcome;
            }
            both.putAll(found);
        }
        return new Done<>(both);
    }

    /// The order with everything that did not fit into one call.
    Outcome<Order> whole(Account account, Order order) {
        Outcome<List<LineItem>> lines = lines(account, order);
        if (!(lines instanceof Done<List<LineItem>>(List<LineItem> allLines))) {
            return Outcome.failed(lines);
        }
        Outcome<List<FulfillmentOrder>> fulfillmentOrders =
                fulfillmentOrders(account, order.id(), order.fulfillmentOrders());
        if (!(fulfillmentOrders instanceof Done<List<FulfillmentOrder>>(List<FulfillmentOrder> allOrders))) {
            return Outcome.failed(fulfillmentOrders);
        }
        return new Done<>(new Order(
                order.id(),
                order.legacyResourceId(),
                order.name(),
                order.createdAt(),
                order.updatedAt(),
                order.cancelledAt(),
                order.cancelReason(),
                order.displayFinancialStatus(),
                order.displayFulfillmentStatus(),
                order.returnStatus(),
                order.currentSubtotalLineItemsQuantity(),
                order.taxesIncluded(),
                order.email(),
                order.phone(),
                order.currentTotalPriceSet(),
                order.currentTotalTaxSet(),
                order.currentShippingPriceSet(),
                order.shippingAddress(),
                new Connection<>(allLines, null),
                new Connection<>(allOrders, null)));
    }

    private Outcome<List<LineItem>> lines(Account account, Order order) {
        boolean taxesCut = order.lineItems().nodes().stream()
                .anyMatch(line -> line.taxLines().size() >= TAX_LINES_ASKED);
        @Nullable String after = order.lineItems().next();
        if (after == null && !taxesCut) {
            return new Done<>(order.lineItems().nodes());
        }
        List<LineItem> all =
                new ArrayList<>(taxesCut ? List.of() : order.lineItems().nodes());
        after = taxesCut ? null : after;
        for (int page = 0; page < PAGES_MAX; page++) {
            ObjectNode variables =
                    client.json().createObjectNode().put("id", order.id()).put("after", after);
            Outcome<OrderLines> outcome = client.call(account, Document.ORDER_LINES, variables, OrderLines.class);
            if (!(outcome instanceof Done<OrderLines>(OrderLines data))) {
                return Outcome.failed(outcome);
            }
            if (data.order() == null) {
                return vanished();
            }
            all.addAll(data.order().lineItems().nodes());
            after = data.order().lineItems().next();
            if (after == null) {
                return new Done<>(all);
            }
        }
        return endless();
    }

    /// Every fulfillment order with every line of it, starting from a first page.
    Outcome<List<FulfillmentOrder>> fulfillmentOrders(
            Account account, String orderGid, Connection<FulfillmentOrder> first) {
        List<FulfillmentOrder> all = new ArrayList<>(first.nodes());
        @Nullable String after = first.next();
        for (int page = 0; after != null; page++) {
            if (page >= PAGES_MAX) {
                return endless();
            }
            ObjectNode variables =
                    client.json().createObjectNode().put("id", orderGid).put("after", after);
            Outcome<OrderFulfillmentOrders> outcome =
                    client.call(account, Document.ORDER_FULFILLMENT_ORDERS, variables, OrderFulfillmentOrders.class);
            if (!(outcome instanceof Done<OrderFulfillmentOrders>(OrderFulfillmentOrders data))) {
                return Outcome.failed(outcome);
            }
            if (data.order() == null) {
                return vanished();
            }
            all.addAll(data.order().fulfillmentOrders().nodes());
            after = data.order().fulfillmentOrders().next();
        }
        List<FulfillmentOrder> whole = new ArrayList<>();
        for (FulfillmentOrder fulfillmentOrder : all) {
            Outcome<FulfillmentOrder> complete = withAllLines(account, fulfillmentOrder);
            if (!(complete instanceof Done<FulfillmentOrder>(FulfillmentOrder done))) {
                return Outcome.failed(complete);
            }
            whole.add(done);
        }
        return new Done<>(whole);
    }

    private Outcome<FulfillmentOrder> withAllLines(Account account, FulfillmentOrder fulfillmentOrder) {
        @Nullable String after = fulfillmentOrder.lineItems().next();
        if (after == null) {
            return new Done<>(fulfillmentOrder);
        }
        List<FulfillmentOrderLine> lines =
                new ArrayList<>(fulfillmentOrder.lineItems().nodes());
        for (int page = 0; after != null; page++) {
            if (page >= PAGES_MAX) {
                return endless();
            }
            ObjectNode variables = client.json()
                    .createObjectNode()
                    .put("id", fulfillmentOrder.id())
                    .put("after", after);
            Outcome<FulfillmentOrderLines> outcome =
                    client.call(account, Document.FULFILLMENT_ORDER_LINES, variables, FulfillmentOrderLines.class);
            if (!(outcome instanceof Done<FulfillmentOrderLines>(FulfillmentOrderLines data))) {
                return Outcome.failed(outcome);
            }
            if (data.fulfillmentOrder() == null) {
                return vanished();
            }
            lines.addAll(data.fulfillmentOrder().lineItems().nodes());
            after = data.fulfillmentOrder().lineItems().next();
        }
        return new Done<>(new FulfillmentOrder(
                fulfillmentOrder.id(),
                fulfillmentOrder.status(),
                fulfillmentOrder.fulfillBy(),
                fulfillmentOrder.assignedLocation(),
                new Connection<>(lines, null)));
    }

    /// Every return of the order with every line of it. Most orders have none, so only those that say so
    /// are asked.
    Outcome<List<Return>> returns(Account account, Order order) {
        if (!ShopifyTranslation.hasReturns(order)) {
            return new Done<>(List.of());
        }
        List<Return> all = new ArrayList<>();
        @Nullable String after = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            ObjectNode variables =
                    client.json().createObjectNode().put("id", order.id()).put("after", after);
            Outcome<OrderReturns> outcome = client.call(account, Document.ORDER_RETURNS, variables, OrderReturns.class);
            if (!(outcome instanceof Done<OrderReturns>(OrderReturns data))) {
                return Outcome.failed(outcome);
            }
            if (data.order() == null) {
                return vanished();
            }
            for (Return returned : data.order().returns().nodes()) {
                Outcome<Return> complete = withAllLines(account, returned);
                if (!(complete instanceof Done<Return>(Return done))) {
                    return Outcome.failed(complete);
                }
                all.add(done);
            }
            after = data.order().returns().next();
            if (after == null) {
                return new Done<>(all);
            }
        }
        return endless();
    }

    private Outcome<Return> withAllLines(Account account, Return returned) {
        @Nullable String after = returned.returnLineItems().next();
        if (after == null) {
            return new Done<>(returned);
        }
        List<ReturnLine> lines = new ArrayList<>(returned.returnLineItems().nodes());
        for (int page = 0; after != null; page++) {
            if (page >= PAGES_MAX) {
                return endless();
            }
            ObjectNode variables =
                    client.json().createObjectNode().put("id", returned.id()).put("after", after);
            Outcome<ReturnLines> outcome = client.call(account, Document.RETURN_LINES, variables, ReturnLines.class);
            if (!(outcome instanceof Done<ReturnLines>(ReturnLines data))) {
                return Outcome.failed(outcome);
            }
            if (data.returned() == null) {
                return vanished();
            }
            lines.addAll(data.returned().returnLineItems().nodes());
            after = data.returned().returnLineItems().next();
        }
        return new Done<>(new Return(
                returned.id(),
                returned.name(),
                returned.status(),
                returned.createdAt(),
                new Connection<>(lines, null)));
    }

    static String gid(String externalId) {
        return "gid://shopify/Order/" + externalId;
    }

    private static <T> Outcome<T> vanished() {
        return new Refused<>("VANISHED", "the order went away while it was read");
    }

    private static <T> Outcome<T> endless() {
        return new Refused<>("TOO_LARGE", "the order has more pages than any real one");
    }

    @RegisterForReflection
    record Nodes(List<@Nullable JsonNode> nodes) {}
}
