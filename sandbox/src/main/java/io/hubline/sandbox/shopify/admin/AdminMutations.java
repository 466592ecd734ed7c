package io.hubline.sandbox.shopify.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import graphql.execution.directives.QueryAppliedDirective;
import graphql.schema.DataFetchingEnvironment;
import io.hubline.sandbox.shopify.admin.StockMutations.Change;
import io.hubline.sandbox.shopify.admin.StockMutations.Group;
import io.hubline.sandbox.shopify.admin.StockMutations.Payload;
import io.hubline.sandbox.shopify.admin.StockMutations.UserError;
import io.hubline.sandbox.shopify.admin.Views.ItemView;
import io.hubline.sandbox.shopify.admin.Views.ParcelView;
import io.hubline.sandbox.shopify.store.FulfillOutcome;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.Level;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Tracking;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.Shop.Shipped;
import io.hubline.sandbox.shopify.store.Shop.ShippedUnits;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.webhook.Outbound;
import io.hubline.sandbox.shopify.webhook.Subscription;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the API lets an app change, and how it answers.
final class AdminMutations {

    private static final int LARGEST_LIST = 250;
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_NOTE = 255;

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private AdminMutations() {}

    private record Activated(@Nullable Level level, List<UserError> errors) {}

    private record Shipment(@Nullable ParcelView parcel, List<UserError> errors) {}

    private record Cancelling(Jobs.@Nullable Job job, List<UserError> errors) {}

    private record Subscribed(@Nullable Subscription subscription, List<UserError> errors) {}

    private record Unsubscribed(@Nullable String id, List<UserError> errors) {}

    static Fields<AdminSchema.Root> fields() {
        return Fields.of("Mutation", AdminSchema.Root.class)
                .asking(
                        "inventorySetQuantities",
                        (root, request) -> idempotent(
                                request,
                                key -> new StockMutations(Call.of(request).shop())
                                        .set(argument(request, "input"), key)))
                .asking(
                        "inventoryAdjustQuantities",
                        (root, request) -> idempotent(
                                request,
                                key -> new StockMutations(Call.of(request).shop())
                                        .adjust(argument(request, "input"), key)))
                .asking("inventoryActivate", (root, request) -> activate(request))
                .asking("fulfillmentCreate", (root, request) -> plain(request, () -> fulfill(request)))
                .asking("fulfillmentTrackingInfoUpdate", (root, request) -> plain(request, () -> track(request)))
                .asking("productSet", (root, request) -> plain(request, () -> ProductTypes.set(request)))
                .asking("refundCreate", (root, request) -> MoneyBack.create(request))
                .asking("returnRequest", (root, request) -> plain(request, () -> GoodsBack.request(request)))
                .asking("returnCreate", (root, request) -> plain(request, () -> GoodsBack.create(request)))
                .asking("returnApproveRequest", (root, request) -> plain(request, () -> GoodsBack.approve(request)))
                .asking("returnDeclineRequest", (root, request) -> plain(request, () -> GoodsBack.decline(request)))
                .asking("returnCancel", (root, request) -> plain(request, () -> GoodsBack.cancel(request)))
                .asking("returnClose", (root, request) -> plain(request, () -> GoodsBack.close(request)))
                .asking("returnReopen", (root, request) -> plain(request, () -> GoodsBack.reopen(request)))
                .asking("removeFromReturn", (root, request) -> plain(request, () -> GoodsBack.remove(request)))
                .asking("orderCancel", (root, request) -> plain(request, () -> cancel(request)))
                .asking("webhookSubscriptionCreate", (root, request) -> plain(request, () -> subscribe(request)))
                .asking("webhookSubscriptionUpdate", (root, request) -> plain(request, () -> resubscribe(request)))
                .asking("webhookSubscriptionDelete", (root, request) -> plain(request, () -> unsubscribe(request)));
    }

    static List<Fields<?>> payloads() {
        return List.of(
                stockPayload("InventorySetQuantitiesPayload"),
                stockPayload("InventoryAdjustQuantitiesPayload"),
                Fields.of("InventoryAdjustmentGroup", Group.class)
                        .with("id", group -> Gid.of("InventoryAdjustmentGroup", group.id()))
                        .with("createdAt", Group::createdAt)
                        .with("reason", Group::reason)
                        .with("referenceDocumentUri", Group::referenceDocumentUri)
                        .asking("changes", AdminMutations::changes),
                Fields.of("InventoryChange", Change.class)
                        .with("name", Change::name)
                        .with("delta", Change::delta)
                        .with("quantityAfterChange", Change::after)
                        .with("ledgerDocumentUri", change -> null)
                        .asking(
                                "item",
                                (change, request) -> Call.of(request)
                                        .shop()
                                        .variantOfItem(change.inventoryItemId())
                                        .map(ItemView::new)
                                        .orElse(null))
                        .asking(
                                "location",
                                (change, request) -> Call.of(request)
                                        .shop()
                                        .location(change.locationId())
                                        .orElse(null)),
                Fields.of("InventoryActivatePayload", Activated.class)
                        .with("inventoryLevel", Activated::level)
                        .with("userErrors", Activated::errors),
                Fields.of("FulfillmentCreatePayload", Shipment.class)
                        .with("fulfillment", Shipment::parcel)
                        .with("userErrors", Shipment::errors),
                Fields.of("FulfillmentTrackingInfoUpdatePayload", Shipment.class)
                        .with("fulfillment", Shipment::parcel)
                        .with("userErrors", Shipment::errors),
                Fields.of("OrderCancelPayload", Cancelling.class)
                        .with("job", Cancelling::job)
                        .with("orderCancelUserErrors", Cancelling::errors)
                        .with("userErrors", Cancelling::errors),
                Fields.of("WebhookSubscriptionCreatePayload", Subscribed.class)
                        .with("webhookSubscription", Subscribed::subscription)
                        .with("userErrors", Subscribed::errors),
                Fields.of("WebhookSubscriptionUpdatePayload", Subscribed.class)
                        .with("webhookSubscription", Subscribed::subscription)
                        .with("userErrors", Subscribed::errors),
                Fields.of("WebhookSubscriptionDeletePayload", Unsubscribed.class)
                        .with("deletedWebhookSubscriptionId", Unsubscribed::id)
                        .with("userErrors", Unsubscribed::errors),
                userError("UserError", false),
                userError("OrderCancelUserError", true),
                userError("ProductSetUserError", true),
                userError("ReturnUserError", true),
                userError("InventorySetQuantitiesUserError", true),
                userError("InventoryAdjustQuantitiesUserError", true));
    }

    private static Fields<Payload> stockPayload(String type) {
        return Fields.of(type, Payload.class)
                .with("inventoryAdjustmentGroup", Payload::group)
                .with("userErrors", Payload::errors);
    }

    private static Fields<UserError> userError(String type, boolean coded) {
        Fields<UserError> fields =
                Fields.of(type, UserError.class).with("field", UserError::field).with("message", UserError::message);
        return coded ? fields.with("code", UserError::code) : fields;
    }

    private static Object changes(Group group, DataFetchingEnvironment request) {
        List<String> items = request.getArgument("inventoryItemIds");
        List<String> locations = request.getArgument("locationIds");
        List<String> names = request.getArgument("quantityNames");
        return group.changes().stream()
                .filter(change -> items == null || items.contains(Gid.of("InventoryItem", change.inventoryItemId())))
                .filter(change -> locations == null || locations.contains(Gid.of("Location", change.locationId())))
                .filter(change -> names == null || names.contains(change.name()))
                .toList();
    }

    // Idempotency

    private interface Keyed {
        Payload run(String key);
    }

    private static Object idempotent(DataFetchingEnvironment request, Keyed work) {
        String key = requiredKey(request);
        return once(request, key, () -> work.run(key), Payload::refused);
    }

    /// Makes the payload of a mutation that an idempotency key refuses.
    interface Refusal {
        Object of(@Nullable List<String> field, String code, String message);
    }

    /// Runs a mutation once per key, and answers the first answer again afterwards.
    static Object once(DataFetchingEnvironment request, String key, Supplier<Object> work, Refusal refusal) {
        Call call = Call.of(request);
        String fingerprint = request.getFieldDefinition().getName() + canonical(request.getArguments());
        if (call.breaksDown()) {
            call.keys().breakDown(key, fingerprint);
            throw new AdminError(
                    "INTERNAL_SERVER_ERROR", "Internal error. Looks like something went wrong on our end.");
        }
        return switch (call.keys().once(key, fingerprint, work)) {
            case IdempotencyKeys.Outcome.Answered(Object answer, boolean _) -> answer;
            case IdempotencyKeys.Outcome.Mismatch() ->
                refusal.of(
                        null,
                        "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
                        "The same idempotency key cannot be used with different operation parameters.");
            case IdempotencyKeys.Outcome.PreviousAttemptFailed() ->
                refusal.of(
                        null,
                        "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
                        "A previous request with this idempotency key failed. Retry with a new idempotency key.");
        };
    }

    static String requiredKey(DataFetchingEnvironment request) {
        String key = givenKey(request)
                .orElseThrow(() -> new AdminError(
                        "BAD_REQUEST",
                        "The @idempotent directive is required for this mutation but was not provided."));
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new AdminError(
                    "BAD_REQUEST", "The idempotency key must have 1 to %d characters.".formatted(LONGEST_KEY));
        }
        return key;
    }

    private static Optional<String> givenKey(DataFetchingEnvironment request) {
        List<QueryAppliedDirective> given = request.getQueryDirectives().getImmediateAppliedDirective("idempotent");
        return given.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(given.getFirst().getArgument("key")).map(argument -> argument.<String>getValue());
    }

    /// A mutation that keeps no keys. A caller who sends one believes in a protection that is not there.
    private static Object plain(DataFetchingEnvironment request, Supplier<Object> work) {
        if (givenKey(request).isPresent()) {
            throw new AdminError("BAD_REQUEST", "The @idempotent directive is not supported by this mutation.");
        }
        if (Call.of(request).breaksDown()) {
            throw new AdminError(
                    "INTERNAL_SERVER_ERROR", "Internal error. Looks like something went wrong on our end.");
        }
        return work.get();
    }

    private static String canonical(Map<String, Object> arguments) {
        try {
            return CANONICAL.writeValueAsString(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("arguments could not be written as JSON", e);
        }
    }

    // Stock

    private static Object activate(DataFetchingEnvironment request) {
        String key = requiredKey(request);
        return once(
                request,
                key,
                () -> activated(request),
                (field, code, message) -> new Activated(null, List.of(new UserError(field, message, null))));
    }

    private static Activated activated(DataFetchingEnvironment request) {
        Shop shop = Call.of(request).shop();
        OptionalLong item = Gid.parse("InventoryItem", text(request, "inventoryItemId"));
        OptionalLong location = Gid.parse("Location", text(request, "locationId"));
        if (item.isEmpty() || shop.variantOfItem(item.getAsLong()).isEmpty()) {
            return notActivated("inventoryItemId", "The inventory item couldn't be found.");
        }
        if (location.isEmpty() || shop.location(location.getAsLong()).isEmpty()) {
            return notActivated("locationId", "The location couldn't be found.");
        }
        Integer available = request.getArgument("available");
        boolean stocked = shop.level(item.getAsLong(), location.getAsLong()).isPresent();
        if (stocked && available != null) {
            return notActivated(
                    "available",
                    "Not allowed to set available quantity when the item is already active at the location.");
        }
        return new Activated(
                shop.stock(item.getAsLong(), location.getAsLong(), available == null ? 0 : available), List.of());
    }

    private static Activated notActivated(String field, String why) {
        return new Activated(null, List.of(new UserError(List.of(field), why, null)));
    }

    // Shipments

    private static Object fulfill(DataFetchingEnvironment request) {
        Map<String, Object> input = argument(request, "fulfillment");
        List<Map<String, Object>> wanted = maps(input.get("lineItemsByFulfillmentOrder"));
        checkSize(wanted);
        List<Shipped> parcel = new ArrayList<>();
        for (Map<String, Object> part : wanted) {
            List<Map<String, Object>> lines = maps(part.get("fulfillmentOrderLineItems"));
            checkSize(lines);
            parcel.add(new Shipped(
                    Gid.parse("FulfillmentOrder", String.valueOf(part.get("fulfillmentOrderId")))
                            .orElse(0),
                    lines.stream()
                            .map(line -> new ShippedUnits(
                                    Gid.parse("FulfillmentOrderLineItem", String.valueOf(line.get("id")))
                                            .orElse(0),
                                    line.get("quantity") instanceof Integer units ? units : 0))
                            .toList()));
        }
        Tracking tracking =
                tracking(maps(input.get("trackingInfo")).stream().findFirst().orElse(Map.of()));
        return switch (Call.of(request).shop().fulfill(parcel, tracking)) {
            case FulfillOutcome.Fulfilled(PlacedOrder order, PlacedOrder.Fulfillment fulfillment) ->
                new Shipment(new ParcelView(order, fulfillment), List.of());
            case FulfillOutcome.Refused(List<String> field, String why) ->
                new Shipment(null, List.of(new UserError(field, why, null)));
        };
    }

    private static Object track(DataFetchingEnvironment request) {
        Shop shop = Call.of(request).shop();
        long id = Gid.parse("Fulfillment", text(request, "fulfillmentId")).orElse(0);
        Optional<PlacedOrder.Fulfillment> tracked = shop.track(id, tracking(argument(request, "trackingInfoInput")));
        Optional<PlacedOrder> order = shop.orderOfFulfillment(id);
        if (tracked.isEmpty() || order.isEmpty()) {
            return new Shipment(
                    null, List.of(new UserError(List.of("fulfillmentId"), "Fulfillment does not exist.", null)));
        }
        return new Shipment(new ParcelView(order.get(), tracked.get()), List.of());
    }

    private static Tracking tracking(Map<String, Object> input) {
        return new Tracking(
                text(input.get("company")),
                firstOf(input.get("number"), input.get("numbers")),
                firstOf(input.get("url"), input.get("urls")));
    }

    private static @Nullable String firstOf(@Nullable Object one, @Nullable Object many) {
        if (one != null) {
            return one.toString();
        }
        return many instanceof List<?> list && !list.isEmpty() ? text(list.getFirst()) : null;
    }

    // Cancellation

    private static Object cancel(DataFetchingEnvironment request) {
        Call call = Call.of(request);
        String note = request.getArgument("staffNote");
        if (note != null && note.length() > LONGEST_NOTE) {
            return notCancelled("staffNote", "INVALID", "Staff note is too long (maximum is 255 characters)");
        }
        OptionalLong id = Gid.parse("Order", text(request, "orderId"));
        Optional<PlacedOrder> order =
                id.isEmpty() ? Optional.empty() : call.shop().order(id.getAsLong());
        if (order.isEmpty()) {
            return notCancelled("orderId", "NOT_FOUND", "Order does not exist");
        }
        Optional<String> objection = Shop.objectionToCancel(order.get());
        if (objection.isPresent()) {
            return notCancelled("orderId", "INVALID", objection.get());
        }
        String reason = text(request, "reason");
        boolean restock = Boolean.TRUE.equals(request.getArgument("restock"));
        // A shipment recorded before the job runs makes it too late, and then nothing is cancelled, as at the vendor.
        Jobs.Job job = call.jobs().start(() -> call.shop().cancel(order.get().id(), reason, restock, true, note));
        return new Cancelling(job, List.of());
    }

    private static Cancelling notCancelled(String field, String code, String why) {
        return new Cancelling(null, List.of(new UserError(List.of(field), why, code)));
    }

    // Subscriptions

    private static Object subscribe(DataFetchingEnvironment request) {
        Call call = Call.of(request);
        ShopEvent event = ShopEvent.valueOf(text(request, "topic"));
        Map<String, Object> input = argument(request, "webhookSubscription");
        Optional<UserError> objection = objection(input);
        if (objection.isPresent()) {
            return new Subscribed(null, List.of(objection.get()));
        }
        URI target = URI.create(String.valueOf(uri(input)));
        if (call.outbound().subscriptions().stream()
                .anyMatch(each -> each.event() == event && each.target().equals(target))) {
            return new Subscribed(null, List.of(uriError("Address for this topic has already been taken")));
        }
        Subscription subscription = new Subscription(
                call.shop().nextId(),
                event,
                target,
                false,
                call.shop().now(),
                call.shop().now());
        call.outbound().subscribe(subscription);
        return new Subscribed(subscription, List.of());
    }

    private static Object resubscribe(DataFetchingEnvironment request) {
        Call call = Call.of(request);
        Optional<Subscription> known = subscription(request);
        if (known.isEmpty()) {
            return new Subscribed(
                    null, List.of(new UserError(List.of("id"), "Webhook subscription does not exist", null)));
        }
        Map<String, Object> input = argument(request, "webhookSubscription");
        Optional<UserError> objection = objection(input);
        if (objection.isPresent()) {
            return new Subscribed(null, List.of(objection.get()));
        }
        Subscription changed = new Subscription(
                known.get().id(),
                known.get().event(),
                URI.create(String.valueOf(uri(input))),
                known.get().declaredWithApp(),
                known.get().createdAt(),
                call.shop().now());
        call.outbound().unsubscribe(changed.id());
        call.outbound().subscribe(changed);
        return new Subscribed(changed, List.of());
    }

    private static Object unsubscribe(DataFetchingEnvironment request) {
        Optional<Subscription> known = subscription(request);
        if (known.isEmpty() || known.get().declaredWithApp()) {
            return new Unsubscribed(
                    null, List.of(new UserError(List.of("id"), "Webhook subscription does not exist", null)));
        }
        Call.of(request).outbound().unsubscribe(known.get().id());
        return new Unsubscribed(text(request, "id"), List.of());
    }

    private static Optional<Subscription> subscription(DataFetchingEnvironment request) {
        long id = Gid.parse("WebhookSubscription", text(request, "id")).orElse(0);
        return Call.of(request).outbound().subscriptions().stream()
                .filter(each -> each.id() == id)
                .findFirst();
    }

    private static Optional<UserError> objection(Map<String, Object> input) {
        String uri = uri(input);
        if (uri == null) {
            return Optional.of(uriError("Address can't be blank"));
        }
        try {
            if (!Outbound.deliverable(URI.create(uri))) {
                return Optional.of(uriError("Address protocol is not supported"));
            }
        } catch (IllegalArgumentException notAUri) {
            return Optional.of(uriError("Address is invalid"));
        }
        boolean narrowed = "XML".equals(input.get("format"))
                || input.get("filter") != null
                || !list(input.get("includeFields")).isEmpty()
                || !list(input.get("metafieldNamespaces")).isEmpty();
        return narrowed
                ? Optional.of(new UserError(
                        List.of("webhookSubscription"),
                        "Only whole JSON bodies without a filter are served here",
                        null))
                : Optional.empty();
    }

    private static @Nullable String uri(Map<String, Object> input) {
        return firstOf(input.get("uri"), list(input.get("callbackUrl")));
    }

    private static UserError uriError(String why) {
        return new UserError(List.of("webhookSubscription", "uri"), why, null);
    }

    // Arguments

    /// Refuses a list the vendor would refuse for its length.
    static void checkSize(Collection<?> list) {
        if (list.size() > LARGEST_LIST) {
            throw new AdminError(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of %d is greater than the maximum allowed of %d."
                            .formatted(list.size(), LARGEST_LIST));
        }
    }

    static Map<String, Object> argument(DataFetchingEnvironment request, String name) {
        Map<String, Object> input = request.getArgument(name);
        if (input == null) {
            throw new IllegalStateException("the schema lets no mutation pass without " + name);
        }
        return input;
    }

    private static String text(DataFetchingEnvironment request, String name) {
        return String.valueOf(request.<Object>getArgument(name));
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /// A list as it is, a single value as a list of one, nothing as an empty list.
    private static List<?> list(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? list : List.of(value);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(@Nullable Object value) {
        return (List<Map<String, Object>>) list(value);
    }
}
