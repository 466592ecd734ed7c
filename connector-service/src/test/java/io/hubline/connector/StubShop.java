package io.hubline.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A shop over real HTTP that answers with recorded orders and keeps its own count, strictly: without a
/// token, without a key or without an expectation it does nothing. The whole channel is simulated
/// elsewhere; this one does what a test tells it, such as to carry a call out and lose the answer.
public final class StubShop {

    /// What goes wrong with the next call of an operation.
    public enum Fault {
        /// Carried out, and the connection is cut before the answer.
        CUT_AFTER,
        THROTTLED,
        SERVER_ERROR,
        UNAUTHORISED
    }

    static final String LOCATION = "gid://shopify/Location/41";

    private static @Nullable StubShop running;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<String, Carried> carriedOut = new HashMap<>();
    private final Map<String, Fault> faults = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> subscriptions = new ArrayList<>();
    private final Map<String, ObjectNode> products = new LinkedHashMap<>();
    private int variantsMade;
    private int tokens;

    private StubShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/admin/oauth/access_token", this::token);
        server.createContext("/admin/api/2026-10/graphql.json", this::graphql);
        server.start();
    }

    /// The one shop of this test run.
    public static synchronized StubShop running() {
        try {
            if (running == null) {
                running = new StubShop();
            }
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /// One call of the API.
    public record Call(String operation, JsonNode variables) {}

    /// Sells an order: it shows from now on.
    public synchronized ObjectNode sell(String id, String variant, int quantity) {
        try (InputStream file = StubShop.class.getResourceAsStream("/shopify/order.json")) {
            String recorded = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
            ObjectNode order = (ObjectNode) json.readTree(recorded.replace("820982911946154508", id)
                    .replace("LineItem/11", "LineItem/" + id + "1")
                    .replace("FulfillmentOrderLineItem/51", "FulfillmentOrderLineItem/" + id + "5")
                    .replace("FulfillmentOrder/31", "FulfillmentOrder/" + id + "3")
                    .replace("ProductVariant/21", "ProductVariant/" + variant));
            ArrayNode lines = (ArrayNode) order.at("/lineItems/nodes");
            lines.remove(2);
            lines.remove(1);
            ((ObjectNode) lines.get(0)).put("quantity", quantity).put("currentQuantity", quantity);
            ((ArrayNode) order.at("/fulfillmentOrders/nodes")).remove(1);
            ((ObjectNode) order.at("/fulfillmentOrders/nodes/0/lineItems/nodes/0")).put("remainingQuantity", quantity);
            order.putArray("fulfillments");
            order.put("presentmentCurrencyCode", "USD").putArray("refunds");
            transaction(order.putArray("transactions").addObject(), id + "-sale", "SALE", "66.85");
            orders.put(id, order);
            touch(order);
            return order;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void transaction(ObjectNode transaction, String id, String kind, String amount) {
        transaction
                .put("id", "gid://shopify/OrderTransaction/" + id)
                .put("kind", kind)
                .put("status", "SUCCESS")
                .put("gateway", "shopify_payments")
                .putNull("parentTransaction");
        ObjectNode both = transaction.putObject("amountSet");
        for (String money : List.of("shopMoney", "presentmentMoney")) {
            both.putObject(money).put("amount", amount).put("currencyCode", "USD");
        }
    }

    /// Lets the buyer of an order ask to send units of its line back, without a change of the order's time.
    ///
    /// @return the return, by the id `gid://shopify/Return/...`
    public synchronized ObjectNode returns(String orderId, String returnId, String status, int quantity) {
        ObjectNode order = order(orderId);
        order.put("returnStatus", "RETURN_REQUESTED");
        ArrayNode all = order.path("returns").isMissingNode()
                ? connection(order, "returns")
                : (ArrayNode) order.at("/returns/nodes");
        ObjectNode made = all.addObject()
                .put("id", "gid://shopify/Return/" + returnId)
                .put("name", "#" + orderId + "-R" + all.size())
                .put("status", status)
                .put("createdAt", "2026-11-23T10:00:00Z");
        ObjectNode line = connection(made, "returnLineItems")
                .addObject()
                .put("id", "gid://shopify/ReturnLineItem/" + returnId)
                .put("quantity", quantity)
                .put("returnReason", "SIZE_TOO_SMALL");
        line.putObject("fulfillmentLineItem")
                .putObject("lineItem")
                .put("id", order.at("/lineItems/nodes/0/id").asText());
        return made;
    }

    /// Makes an order look changed just now.
    public synchronized void touch(ObjectNode order) {
        order.put("updatedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    public synchronized void shows(String item, int quantity) {
        levels.put(item, quantity);
    }

    public synchronized int shown(String item) {
        return Objects.requireNonNull(levels.get(item));
    }

    public synchronized void fail(String operation, Fault fault) {
        faults.put(operation, fault);
    }

    public synchronized List<Call> calls(String operation) {
        return calls.stream().filter(call -> call.operation().equals(operation)).toList();
    }

    public synchronized ObjectNode order(String id) {
        return Objects.requireNonNull(orders.get(id));
    }

    public synchronized List<String> subscriptions() {
        return List.copyOf(subscriptions);
    }

    private void token(HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody());
        if (!body.path("client_secret").asText().equals("stub-secret")) {
            answer(exchange, 401, "{}");
            return;
        }
        synchronized (this) {
            tokens++;
            answer(exchange, 200, "{\"access_token\":\"token-%d\",\"expires_in\":86399}".formatted(tokens));
        }
    }

    private void graphql(HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody());
        String operation = body.path("operationName").asText();
        @Nullable Fault fault;
        @Nullable String token = exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token");
        ObjectNode answer = json.createObjectNode();
        synchronized (this) {
            fault = faults.remove(operation);
            if (fault == Fault.UNAUTHORISED) {
                tokens++;
            }
            if (!("token-" + tokens).equals(token)) {
                answer(exchange, 401, "{}");
                return;
            }
            if (fault == Fault.SERVER_ERROR) {
                answer(exchange, 503, "");
                return;
            }
            cost(answer, fault == Fault.THROTTLED ? 0 : 900);
            if (fault == Fault.THROTTLED) {
                answer.putArray("errors")
                        .addObject()
                        .put("message", "Throttled")
                        .putObject("extensions")
                        .put("code", "THROTTLED");
            } else {
                calls.add(new Call(operation, body.path("variables")));
                answer.set("data", data(operation, body.path("query").asText(), body.path("variables")));
            }
        }
        if (fault == Fault.CUT_AFTER) {
            exchange.close();
        } else {
            answer(exchange, 200, answer.toString());
        }
    }

    private static void cost(ObjectNode answer, int available) {
        ObjectNode cost = answer.putObject("extensions").putObject("cost");
        cost.put("requestedQueryCost", 10).put("actualQueryCost", 5);
        cost.putObject("throttleStatus")
                .put("maximumAvailable", 1000.0)
                .put("currentlyAvailable", available)
                .put("restoreRate", 1000.0);
    }

    private JsonNode data(String operation, String query, JsonNode variables) {
        return switch (operation) {
            case "OrdersChanged" -> {
                ObjectNode data = json.createObjectNode();
                connection(data, "orders").addAll(orders.values());
                yield data;
            }
            case "OrdersById" -> {
                ObjectNode data = json.createObjectNode();
                ArrayNode nodes = data.putArray("nodes");
                variables.path("ids").forEach(id -> nodes.add(find(id.asText())));
                yield data;
            }
            case "OrderLines" -> {
                // The second page of an order whose first page said there is one.
                ObjectNode data = json.createObjectNode();
                ObjectNode more = (ObjectNode) find(variables.path("id").asText())
                        .at("/lineItems/nodes/0")
                        .deepCopy();
                more.put("id", "gid://shopify/LineItem/second-page");
                connection(data.putObject("order"), "lineItems").add(more);
                yield data;
            }
            case "InventoryLevels" -> {
                ObjectNode data = json.createObjectNode();
                ArrayNode nodes = data.putArray("nodes");
                variables.path("ids").forEach(id -> level(nodes.addObject(), id.asText()));
                yield data;
            }
            case "InventorySetQuantities" -> set(query, variables);
            case "OrderForShipment", "OrderForCancellation" ->
                json.createObjectNode().set("order", find(variables.path("id").asText()));
            case "FulfillmentLines" -> {
                ObjectNode data = json.createObjectNode();
                data.set("fulfillment", fulfillment(variables.path("id").asText()));
                yield data;
            }
            case "FulfillmentCreate" -> fulfil(variables.path("fulfillment"));
            case "OrderCancel" -> {
                ObjectNode data = json.createObjectNode();
                ObjectNode payload = data.putObject("orderCancel");
                payload.putObject("job")
                        .put("id", "job:" + variables.path("order").asText())
                        .put("done", false);
                payload.putArray("orderCancelUserErrors");
                yield data;
            }
            case "CancellationJob" -> {
                // Done by the time anybody looks.
                ObjectNode order = (ObjectNode) find(variables.path("order").asText());
                order.put(
                        "cancelledAt",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
                touch(order);
                ObjectNode data = json.createObjectNode();
                data.set("order", order);
                data.putObject("job").put("id", variables.path("job").asText()).put("done", true);
                yield data;
            }
            case "OrderReturns", "OrderForRefund" ->
                json.createObjectNode().set("order", find(variables.path("id").asText()));
            case "ReturnStatus" ->
                json.createObjectNode()
                        .set("return", findReturn(variables.path("id").asText()));
            case "ReturnApproveRequest" ->
                answerReturn("returnApproveRequest", variables.at("/input/id").asText(), "REQUESTED", "OPEN");
            case "ReturnDeclineRequest" ->
                answerReturn("returnDeclineRequest", variables.at("/input/id").asText(), "REQUESTED", "DECLINED");
            case "ReturnClose" ->
                answerReturn("returnClose", variables.path("id").asText(), "OPEN", "CLOSED");
            case "ReturnCancel" ->
                answerReturn("returnCancel", variables.path("id").asText(), "OPEN", "CANCELED");
            case "RefundCreate" -> refund(query, variables);
            case "RefundById" -> {
                ObjectNode data = json.createObjectNode();
                data.set("refund", findRefund(variables.path("id").asText()));
                yield data;
            }
            case "ProductPage" -> {
                ObjectNode data = json.createObjectNode();
                data.putObject("shop").put("currencyCode", "USD");
                data.set("productByIdentifier", findProduct(variables.path("identifier")));
                yield data;
            }
            case "ProductsOfVariants" -> {
                ObjectNode data = json.createObjectNode();
                ArrayNode nodes = data.putArray("nodes");
                variables.path("ids").forEach(id -> nodes.add(productOf(id.asText())));
                yield data;
            }
            case "ProductSet" -> setProduct(variables);
            case "InventoryActivate" -> {
                if (!query.contains("@idempotent")
                        || variables.path("key").asText().isBlank()) {
                    throw new IllegalArgumentException("no idempotency key");
                }
                levels.put(variables.path("item").asText(), 0);
                ObjectNode data = json.createObjectNode();
                ObjectNode payload = data.putObject("inventoryActivate");
                payload.putObject("inventoryLevel").put("id", "level");
                payload.putArray("userErrors");
                yield data;
            }
            case "WebhookSubscriptions" -> {
                ObjectNode data = json.createObjectNode();
                ArrayNode nodes = connection(data, "webhookSubscriptions");
                subscriptions.forEach(topic -> nodes.addObject()
                        .put("id", topic)
                        .put("topic", topic)
                        .put("uri", variables.path("uri").asText()));
                yield data;
            }
            case "WebhookSubscriptionCreate" -> {
                subscriptions.add(variables.path("topic").asText());
                ObjectNode data = json.createObjectNode();
                ObjectNode payload = data.putObject("webhookSubscriptionCreate");
                payload.putObject("webhookSubscription").put("id", "1");
                payload.putArray("userErrors");
                yield data;
            }
            default -> throw new IllegalArgumentException("the stub does not know " + operation);
        };
    }

    private static ArrayNode connection(ObjectNode parent, String name) {
        ObjectNode connection = parent.putObject(name);
        connection.putObject("pageInfo").put("hasNextPage", false).putNull("endCursor");
        return connection.putArray("nodes");
    }

    private JsonNode find(String gid) {
        @Nullable ObjectNode order = orders.get(gid.substring(gid.lastIndexOf('/') + 1));
        return order == null ? json.nullNode() : order;
    }

    /// What the product of a handle is; null where there is none.
    public synchronized @Nullable ObjectNode product(String handle) {
        return products.get(handle);
    }

    private JsonNode findProduct(JsonNode identifier) {
        for (Map.Entry<String, ObjectNode> product : products.entrySet()) {
            if (product.getKey().equals(identifier.path("handle").asText())
                    || product.getValue().path("id").equals(identifier.path("id"))) {
                return product.getValue();
            }
        }
        return json.nullNode();
    }

    private JsonNode productOf(String variant) {
        for (ObjectNode product : products.values()) {
            for (JsonNode there : product.at("/variants/nodes")) {
                if (there.path("id").asText().equals(variant)) {
                    ObjectNode found = json.createObjectNode().put("id", variant);
                    found.putObject("product").put("id", product.path("id").asText());
                    return found;
                }
            }
        }
        return json.nullNode();
    }

    private JsonNode setProduct(JsonNode variables) {
        JsonNode input = variables.path("input");
        JsonNode there = findProduct(variables.path("identifier"));
        String handle = variables.at("/identifier/handle").asText();
        if (!handle.equals(input.path("handle").asText())) {
            throw new IllegalArgumentException("the handle differs from the identifier");
        }
        ObjectNode data = json.createObjectNode();
        ObjectNode payload = data.putObject("productSet");
        ArrayNode errors = payload.putArray("userErrors");
        if (input.path("title").asText().contains("forbidden")) {
            ObjectNode error = errors.addObject().put("code", "INVALID_PRODUCT").put("message", "Title is not allowed");
            error.putArray("field").add("input").add("title");
            return data;
        }
        ObjectNode product = there.isObject()
                ? (ObjectNode) there
                : json.createObjectNode().put("id", "gid://shopify/Product/" + (products.size() + 1));
        product.put("title", input.path("title").asText())
                .put("status", input.path("status").asText())
                .put("descriptionHtml", input.path("descriptionHtml").asText());
        if (product.path("media").isMissingNode()) {
            connection(product, "media");
        }
        JsonNode before = product.at("/variants/nodes").deepCopy();
        ArrayNode variants = connection(product, "variants");
        for (JsonNode wanted : input.path("variants")) {
            ObjectNode variant = before.valueStream()
                    .filter(known -> known.path("id").equals(wanted.path("id")))
                    .findFirst()
                    .map(ObjectNode.class::cast)
                    .orElseGet(() -> {
                        variantsMade++;
                        ObjectNode made = json.createObjectNode()
                                .put("id", "gid://shopify/ProductVariant/made-" + variantsMade)
                                .put("price", "0.00");
                        made.putObject("inventoryItem").put("id", "gid://shopify/InventoryItem/made-" + variantsMade);
                        return made;
                    });
            wanted.propertyStream()
                    .filter(field -> List.of("sku", "barcode", "price").contains(field.getKey()))
                    .forEach(field -> variant.set(field.getKey(), field.getValue()));
            ArrayNode options = variant.putArray("selectedOptions");
            wanted.path("optionValues")
                    .forEach(option -> options.addObject()
                            .put("name", option.path("optionName").asText())
                            .put("value", option.path("name").asText()));
            variants.add(variant);
        }
        if (!there.isObject()) {
            products.put(handle, product);
        }
        payload.putObject("product").put("id", product.path("id").asText());
        return data;
    }

    private JsonNode findReturn(String gid) {
        for (ObjectNode order : orders.values()) {
            for (JsonNode made : order.at("/returns/nodes")) {
                if (made.path("id").asText().equals(gid)) {
                    return made;
                }
            }
        }
        return json.nullNode();
    }

    private JsonNode findRefund(String gid) {
        for (ObjectNode order : orders.values()) {
            for (JsonNode made : order.path("refunds")) {
                if (made.path("id").asText().equals(gid)) {
                    return made;
                }
            }
        }
        return json.nullNode();
    }

    private JsonNode answerReturn(String field, String gid, String from, String to) {
        ObjectNode data = json.createObjectNode();
        ObjectNode payload = data.putObject(field);
        ArrayNode errors = payload.putArray("userErrors");
        JsonNode made = findReturn(gid);
        if (made.path("status").asText().equals(from)) {
            ((ObjectNode) made).put("status", to);
        } else {
            errors.addObject().put("code", "INVALID_STATE").put("message", "the return is not " + from);
        }
        payload.set("return", made);
        return data;
    }

    private JsonNode refund(String query, JsonNode variables) {
        String key = variables.path("key").asText();
        if (key.isBlank() || !query.contains("@idempotent")) {
            throw new IllegalArgumentException("no idempotency key");
        }
        @Nullable Carried before = carriedOut.get(key);
        if (before != null) {
            return before.data();
        }
        JsonNode input = variables.path("input");
        ObjectNode data = json.createObjectNode();
        ObjectNode payload = data.putObject("refundCreate");
        payload.putArray("userErrors");
        ObjectNode order = (ObjectNode) find(input.path("orderId").asText());
        for (JsonNode line : input.path("refundLineItems")) {
            if (!line.path("restockType").asText().equals("NO_RESTOCK")) {
                throw new IllegalArgumentException("the hub restocks and the shop does not");
            }
        }
        if (order.path("locked").asBoolean()) {
            payload.putArray("userErrors").addObject().put("message", "the order is locked");
            carriedOut.put(key, new Carried(variables, data));
            return data;
        }
        ObjectNode made = json.createObjectNode()
                .put("id", "gid://shopify/Refund/" + key)
                .put("note", input.path("note").asText());
        ArrayNode payments = connection(made, "transactions");
        for (JsonNode wanted : input.path("transactions")) {
            String amount = wanted.path("amount").asText();
            ObjectNode payment = payments.addObject();
            transaction(payment, key + "-" + payments.size(), "REFUND", amount);
            payment.putObject("parentTransaction")
                    .put("id", wanted.path("parentId").asText());
        }
        ((ArrayNode) order.path("refunds")).add(made);
        ((ArrayNode) order.path("transactions")).addAll(payments);
        payload.putObject("refund").put("id", made.path("id").asText());
        carriedOut.put(key, new Carried(variables, data));
        return data;
    }

    private void level(ObjectNode node, String item) {
        node.put("id", item);
        @Nullable Integer quantity = levels.get(item);
        if (quantity == null) {
            node.putNull("inventoryLevel");
        } else {
            node.putObject("inventoryLevel")
                    .putArray("quantities")
                    .addObject()
                    .put("name", "available")
                    .put("quantity", quantity);
        }
    }

    private JsonNode set(String query, JsonNode variables) {
        String key = variables.path("key").asText();
        if (key.isBlank() || !query.contains("@idempotent")) {
            throw new IllegalArgumentException("no idempotency key");
        }
        ObjectNode data = json.createObjectNode();
        ObjectNode payload = data.putObject("inventorySetQuantities");
        ArrayNode errors = payload.putArray("userErrors");
        @Nullable Carried before = carriedOut.get(key);
        if (before != null) {
            if (!before.variables().equals(variables)) {
                errors.addObject()
                        .put("code", "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
                        .put("message", "differs");
                return data;
            }
            return before.data();
        }
        JsonNode quantities = variables.at("/input/quantities");
        for (int i = 0; i < quantities.size(); i++) {
            JsonNode quantity = quantities.get(i);
            if (!quantity.has("changeFromQuantity")) {
                throw new IllegalArgumentException("no changeFromQuantity");
            }
            int shown = levels.getOrDefault(quantity.path("inventoryItemId").asText(), 0);
            if (shown != quantity.path("changeFromQuantity").asInt()) {
                ObjectNode error = errors.addObject()
                        .put("code", "CHANGE_FROM_QUANTITY_STALE")
                        .put("message", "stale");
                error.putArray("field")
                        .add("input")
                        .add("quantities")
                        .add(Integer.toString(i))
                        .add("changeFromQuantity");
            }
        }
        if (errors.isEmpty()) {
            quantities.forEach(quantity -> levels.put(
                    quantity.path("inventoryItemId").asText(),
                    quantity.path("quantity").asInt()));
            payload.putObject("inventoryAdjustmentGroup").put("id", "gid://shopify/InventoryAdjustmentGroup/1");
        }
        carriedOut.put(key, new Carried(variables, data));
        return data;
    }

    private JsonNode fulfil(JsonNode fulfillment) {
        ObjectNode data = json.createObjectNode();
        ObjectNode payload = data.putObject("fulfillmentCreate");
        ArrayNode errors = payload.putArray("userErrors");
        JsonNode group = fulfillment.path("lineItemsByFulfillmentOrder").get(0);
        for (ObjectNode order : orders.values()) {
            ObjectNode open = (ObjectNode) order.at("/fulfillmentOrders/nodes/0");
            if (open.path("id").asText().equals(group.path("fulfillmentOrderId").asText())) {
                ObjectNode line = (ObjectNode) open.at("/lineItems/nodes/0");
                int quantity = group.at("/fulfillmentOrderLineItems/0/quantity").asInt();
                if (quantity > line.path("remainingQuantity").asInt()) {
                    errors.addObject().put("message", "too many");
                    return data;
                }
                line.put("remainingQuantity", line.path("remainingQuantity").asInt() - quantity);
                ArrayNode fulfillments = (ArrayNode) order.path("fulfillments");
                ObjectNode made = fulfillments
                        .addObject()
                        .put("id", "F-" + order.path("legacyResourceId").asText() + "-" + fulfillments.size())
                        .put("status", "SUCCESS");
                made.putArray("trackingInfo").add(fulfillment.path("trackingInfo"));
                ObjectNode shipped =
                        connection(made, "fulfillmentLineItems").addObject().put("quantity", quantity);
                shipped.set("lineItem", line.path("lineItem"));
                touch(order);
                payload.putObject("fulfillment").put("id", made.path("id").asText());
                return data;
            }
        }
        errors.addObject().put("message", "no such fulfillment order");
        return data;
    }

    private JsonNode fulfillment(String id) {
        for (ObjectNode order : orders.values()) {
            for (JsonNode fulfillment : order.path("fulfillments")) {
                if (fulfillment.path("id").asText().equals(id)) {
                    return fulfillment;
                }
            }
        }
        return json.nullNode();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private record Carried(JsonNode variables, JsonNode data) {}
}
