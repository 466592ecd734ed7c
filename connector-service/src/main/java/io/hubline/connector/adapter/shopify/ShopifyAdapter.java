package io.hubline.connector.adapter.shopify;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.shopify.ShopifyClient.Reply;
import io.hubline.connector.adapter.shopify.ShopifyWire.InventoryItem;
import io.hubline.connector.adapter.shopify.ShopifyWire.InventorySetQuantities;
import io.hubline.connector.adapter.shopify.ShopifyWire.Order;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrdersChanged;
import io.hubline.connector.adapter.shopify.ShopifyWire.Quantity;
import io.hubline.connector.adapter.shopify.ShopifyWire.Return;
import io.hubline.connector.adapter.shopify.ShopifyWire.UserError;
import io.hubline.connector.adapter.shopify.ShopifyWire.WebhookSubscriptionCreate;
import io.hubline.connector.adapter.shopify.ShopifyWire.WebhookSubscriptions;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.CancellationPort;
import io.hubline.connector.spi.Cursor;
import io.hubline.connector.spi.Delivery;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.Hint;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingPort;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.OrderPort;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.RefundDemand;
import io.hubline.connector.spi.RefundPort;
import io.hubline.connector.spi.ReturnPort;
import io.hubline.connector.spi.ShipmentConfirmation;
import io.hubline.connector.spi.ShipmentPort;
import io.hubline.connector.spi.StockPort;
import io.hubline.connector.spi.WebhookPort;
import io.hubline.connector.spi.WriteAnswer;
import io.hubline.connector.spi.WriteAnswer.Fault;
import io.hubline.connector.spi.WriteAnswer.NotApplied;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Shopify behind the ports of the hub.
@Singleton
class ShopifyAdapter
        implements WebhookPort,
                OrderPort,
                StockPort,
                ShipmentPort,
                CancellationPort,
                RefundPort,
                ReturnPort,
                ListingPort {

    private static final int MARKS_PER_PAGE = 250;
    private static final int WRITES_AT_ONCE = 250;
    private static final int READS_AT_ONCE = 100;
    private static final String ORDER_BATCH = "10";
    private static final Set<String> HEADERS_KEPT = Set.of(
            "x-shopify-topic",
            "x-shopify-shop-domain",
            "x-shopify-order-id",
            "x-shopify-webhook-id",
            "x-shopify-event-id",
            "x-shopify-triggered-at",
            "x-shopify-api-version",
            "content-type");
    private static final List<String> TOPICS = List.of(
            "ORDERS_CREATE",
            "ORDERS_UPDATED",
            "ORDERS_CANCELLED",
            "RETURNS_REQUEST",
            "RETURNS_APPROVE",
            "RETURNS_UPDATE",
            "RETURNS_CLOSE",
            "RETURNS_REOPEN",
            "RETURNS_CANCEL",
            "RETURNS_DECLINE",
            "REFUNDS_CREATE");
    private static final Set<String> NEEDED = Set.of("base-url", "client-id", "client-secret", "webhook-secret");

    private final ShopifyClient client;
    private final OrderReader orders;
    private final ShopifyActs acts;
    private final ShopifyReturns returns;
    private final ShopifyListings listings;

    ShopifyAdapter(
            ShopifyClient client,
            OrderReader orders,
            ShopifyActs acts,
            ShopifyReturns returns,
            ShopifyListings listings) {
        this.client = client;
        this.orders = orders;
        this.acts = acts;
        this.returns = returns;
        this.listings = listings;
    }

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public List<String> complaints(Account account) {
        return Stream.concat(
                        NEEDED.stream()
                                .sorted()
                                .filter(name -> account.setting(name, "").isBlank())
                                .map(name -> "account %s has no setting '%s'".formatted(account.id(), name)),
                        Stream.of(account.setting("order-batch", ORDER_BATCH))
                                .filter(batch -> !batch.matches("[1-9][0-9]?"))
                                .map(_ -> "setting 'order-batch' of account %s is no number from 1 to 99"
                                        .formatted(account.id())))
                .toList();
    }

    @Override
    public boolean isGenuine(Account account, Delivery delivery) {
        return ShopifySignature.holds(
                delivery.body(), delivery.header("x-shopify-hmac-sha256"), account.all("webhook-secret"));
    }

    @Override
    public Hint read(Delivery delivery) {
        return ShopifyWebhook.read(delivery);
    }

    @Override
    public Set<String> headersKept() {
        return HEADERS_KEPT;
    }

    @Override
    public Outcome<Integer> ensureSubscriptions(Account account, URI callback) {
        ObjectNode wanted = client.json().createObjectNode().put("uri", callback.toString());
        Outcome<WebhookSubscriptions> there =
                client.call(account, Document.WEBHOOK_SUBSCRIPTIONS, wanted, WebhookSubscriptions.class);
        if (!(there instanceof Done<WebhookSubscriptions>(WebhookSubscriptions data))) {
            return Outcome.failed(there);
        }
        Set<String> topics = new HashSet<>();
        data.webhookSubscriptions().nodes().stream()
                .filter(subscription -> subscription.uri().equals(callback.toString()))
                .forEach(subscription -> topics.add(subscription.topic()));
        int made = 0;
        for (String topic : TOPICS) {
            if (topics.contains(topic)) {
                continue;
            }
            ObjectNode variables =
                    client.json().createObjectNode().put("topic", topic).put("uri", callback.toString());
            Outcome<WebhookSubscriptionCreate> created = client.call(
                    account, Document.WEBHOOK_SUBSCRIPTION_CREATE, variables, WebhookSubscriptionCreate.class);
            if (!(created instanceof Done<WebhookSubscriptionCreate>(WebhookSubscriptionCreate answer))) {
                return Outcome.failed(created);
            }
            var payload = answer.webhookSubscriptionCreate();
            if (payload == null || !payload.userErrors().isEmpty()) {
                return new Refused<>(
                        "USER_ERROR",
                        payload == null
                                ? "no payload"
                                : payload.userErrors().getFirst().message());
            }
            made++;
        }
        return new Done<>(made);
    }

    /// A shop lists a change as soon as it is made.
    @Override
    public Duration visibilityAllowance(Account account) {
        return Duration.ZERO;
    }

    @Override
    public int ordersAtOnce(Account account) {
        return Integer.parseInt(account.setting("order-batch", ORDER_BATCH));
    }

    @Override
    public Outcome<OrderPage> changedOrders(Account account, Instant since, @Nullable Cursor cursor) {
        ObjectNode variables = client.json()
                .createObjectNode()
                .put("query", "updated_at:>='%s'".formatted(since))
                .put("first", MARKS_PER_PAGE)
                .put("after", cursor == null ? null : cursor.value());
        Outcome<Reply<OrdersChanged>> outcome =
                client.callTimed(account, Document.ORDERS_CHANGED, variables, OrdersChanged.class);
        if (!(outcome
                instanceof Done<Reply<OrdersChanged>>(Reply<OrdersChanged>(OrdersChanged data, Instant channelTime)))) {
            return Outcome.failed(outcome);
        }
        @Nullable String next = data.orders().next();
        return new Done<>(new OrderPage(
                data.orders().nodes().stream().map(ShopifyTranslation::mark).toList(),
                List.of(),
                next == null ? null : new Cursor(next),
                channelTime));
    }

    @Override
    public Outcome<FetchedOrders> fetchOrders(Account account, List<String> externalIds) {
        Outcome<Map<String, JsonNode>> found = orders.nodes(account, externalIds);
        if (!(found instanceof Done<Map<String, JsonNode>>(Map<String, JsonNode> nodes))) {
            return Outcome.failed(found);
        }
        List<ForeignOrder> read = new ArrayList<>();
        Map<String, String> unreadable = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (String externalId : externalIds) {
            @Nullable JsonNode node = nodes.get(externalId);
            if (node == null) {
                missing.add(externalId);
                continue;
            }
            try {
                Outcome<ForeignOrder> whole = whole(account, client.json().treeToValue(node, Order.class));
                switch (whole) {
                    case Done<ForeignOrder>(ForeignOrder order) -> read.add(order);
                    case Refused<ForeignOrder>(String code, String why) ->
                        unreadable.put(externalId, code + ": " + why);
                    case Outcome.TryAgain<ForeignOrder> _, Unknown<ForeignOrder> _ -> {
                        return Outcome.failed(whole);
                    }
                }
            } catch (JsonProcessingException e) {
                // The exception may quote personal data: where it stopped is enough.
                unreadable.put(externalId, "the order has another shape than the schema promises");
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                unreadable.put(externalId, "the order cannot be translated: " + e.getMessage());
            }
        }
        return new Done<>(new FetchedOrders(read, unreadable, missing));
    }

    private Outcome<ForeignOrder> whole(Account account, Order first) {
        Outcome<Order> whole = orders.whole(account, first);
        if (!(whole instanceof Done<Order>(Order order))) {
            return Outcome.failed(whole);
        }
        Outcome<List<Return>> returns = orders.returns(account, order);
        return returns instanceof Done<List<Return>>(List<Return> all)
                ? new Done<>(ShopifyTranslation.order(order, all))
                : Outcome.failed(returns);
    }

    @Override
    public Optional<Place> place(OfferAddress offer) {
        return offer.inventoryItemId() == null || offer.channelLocation() == null
                ? Optional.empty()
                : Optional.of(new Place(offer.inventoryItemId(), offer.channelLocation()));
    }

    /// By `changeFromQuantity`.
    @Override
    public boolean comparesBeforeSetting() {
        return true;
    }

    /// As whoever cancels wants it: `orderCancel` and the refunds of the Admin API 2026-10 take `restock`
    /// with the call, and the shop's own staff tick it.
    @Override
    public boolean restocksCancelled() {
        return true;
    }

    @Override
    public int writesAtOnce() {
        return WRITES_AT_ONCE;
    }

    @Override
    public int readsAtOnce() {
        return READS_AT_ONCE;
    }

    @Override
    public Outcome<WriteAnswer> setQuantities(Account account, UUID key, List<QuantityWrite> writes) {
        ObjectNode variables = client.json().createObjectNode().put("key", key.toString());
        ObjectNode input = variables.putObject("input");
        input.put("name", "available");
        input.put("reason", "correction");
        // The newest of the availabilities that the call carries.
        input.put(
                "referenceDocumentUri",
                "gid://hubline/Availability/"
                        + writes.stream()
                                .mapToLong(QuantityWrite::sequence)
                                .max()
                                .orElse(0));
        ArrayNode quantities = input.putArray("quantities");
        for (QuantityWrite write : writes) {
            quantities
                    .addObject()
                    .put("inventoryItemId", write.place().item())
                    .put("locationId", write.place().location())
                    .put("quantity", write.quantity())
                    .put("changeFromQuantity", write.expected());
        }
        Outcome<InventorySetQuantities> outcome =
                client.call(account, Document.INVENTORY_SET_QUANTITIES, variables, InventorySetQuantities.class);
        if (!(outcome instanceof Done<InventorySetQuantities>(InventorySetQuantities data))) {
            return Outcome.failed(outcome);
        }
        var payload = data.inventorySetQuantities();
        return payload == null ? new Unknown<>("the answer has no payload") : judge(payload.userErrors(), writes);
    }

    /// All numbers of a call stand or none does; the field of an error says which number it is about.
    static Outcome<WriteAnswer> judge(List<UserError> errors, List<QuantityWrite> writes) {
        if (errors.isEmpty()) {
            return new Done<>(new WriteAnswer.Applied());
        }
        Map<Integer, Fault> faults = new LinkedHashMap<>();
        for (UserError error : errors) {
            String code = error.code() == null ? "USER_ERROR" : error.code();
            switch (code) {
                case "IDEMPOTENCY_CONCURRENT_REQUEST" -> {
                    return new Unknown<>("the same call is still being carried out");
                }
                case "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED" -> {
                    return new Done<>(new NotApplied(Map.of()));
                }
                case "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" -> {
                    return new Refused<>(code, error.message());
                }
                default -> {
                    OptionalInt position = position(error, writes.size());
                    if (position.isEmpty()) {
                        return new Refused<>(code, error.message());
                    }
                    faults.put(
                            position.getAsInt(),
                            code.equals("CHANGE_FROM_QUANTITY_STALE")
                                    ? new Fault.Stale()
                                    : new Fault.Rejected(code, error.message()));
                }
            }
        }
        return new Done<>(new NotApplied(faults));
    }

    /// From `["input", "quantities", "3", "changeFromQuantity"]` to 3.
    private static OptionalInt position(UserError error, int size) {
        @Nullable List<String> field = error.field();
        if (field == null) {
            return size == 1 ? OptionalInt.of(0) : OptionalInt.empty();
        }
        for (String part : field) {
            if (part.matches("[0-9]{1,4}")) {
                int position = Integer.parseInt(part);
                return position < size ? OptionalInt.of(position) : OptionalInt.empty();
            }
        }
        return size == 1 ? OptionalInt.of(0) : OptionalInt.empty();
    }

    @Override
    public Outcome<Map<Place, OptionalLong>> readQuantities(Account account, List<Place> places) {
        Map<String, List<Place>> byLocation = new LinkedHashMap<>();
        places.forEach(place -> byLocation
                .computeIfAbsent(place.location(), _ -> new ArrayList<>())
                .add(place));
        Map<Place, OptionalLong> read = new HashMap<>();
        for (Map.Entry<String, List<Place>> group : byLocation.entrySet()) {
            ObjectNode variables = client.json().createObjectNode().put("location", group.getKey());
            ArrayNode ids = variables.putArray("ids");
            group.getValue().forEach(place -> ids.add(place.item()));
            Outcome<InventoryLevels> outcome =
                    client.call(account, Document.INVENTORY_LEVELS, variables, InventoryLevels.class);
            if (!(outcome instanceof Done<InventoryLevels>(InventoryLevels data))) {
                return Outcome.failed(outcome);
            }
            Map<String, OptionalLong> levels = data.nodes().stream()
                    .filter(item -> item != null && item.id() != null)
                    .collect(toMap(item -> String.valueOf(item.id()), ShopifyAdapter::available, (one, _) -> one));
            group.getValue().forEach(place -> read.put(place, levels.getOrDefault(place.item(), OptionalLong.empty())));
        }
        return new Done<>(read);
    }

    private static OptionalLong available(InventoryItem item) {
        return item.inventoryLevel() == null
                ? OptionalLong.empty()
                : item.inventoryLevel().quantities().stream()
                        .filter(quantity -> quantity.name().equals("available"))
                        .mapToLong(Quantity::quantity)
                        .findFirst();
    }

    @Override
    public Outcome<ActAnswer> confirm(Account account, ShipmentConfirmation shipment) {
        return acts.confirm(account, shipment);
    }

    @Override
    public Outcome<ActAnswer> cancel(Account account, String externalId, String reason, @Nullable String progress) {
        return acts.cancel(account, externalId, reason, progress);
    }

    @Override
    public Outcome<ActAnswer> refund(Account account, UUID key, RefundDemand refund, @Nullable String progress) {
        return returns.refund(account, key, refund, progress);
    }

    @Override
    public Outcome<ActAnswer> answer(
            Account account, String externalId, String channelReturnId, Answer answer, @Nullable String progress) {
        return returns.answer(account, channelReturnId, answer);
    }

    @Override
    public Outcome<Map<String, ListingAnswer>> put(Account account, ListingWrite write) {
        return listings.put(account, write);
    }

    @Override
    public Outcome<Map<String, ListingAnswer>> read(Account account, ListingWrite write) {
        return listings.read(account, write);
    }

    @RegisterForReflection
    record InventoryLevels(List<@Nullable InventoryItem> nodes) {}
}
