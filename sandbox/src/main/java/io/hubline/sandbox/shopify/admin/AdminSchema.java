package io.hubline.sandbox.shopify.admin;

import static java.util.Map.entry;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import io.hubline.sandbox.shopify.admin.Views.ActionView;
import io.hubline.sandbox.shopify.admin.Views.AddressView;
import io.hubline.sandbox.shopify.admin.Views.AssignedLocationView;
import io.hubline.sandbox.shopify.admin.Views.CustomerView;
import io.hubline.sandbox.shopify.admin.Views.DestinationView;
import io.hubline.sandbox.shopify.admin.Views.FeeView;
import io.hubline.sandbox.shopify.admin.Views.ItemView;
import io.hubline.sandbox.shopify.admin.Views.LineView;
import io.hubline.sandbox.shopify.admin.Views.OptionValueView;
import io.hubline.sandbox.shopify.admin.Views.OptionView;
import io.hubline.sandbox.shopify.admin.Views.ParcelLineView;
import io.hubline.sandbox.shopify.admin.Views.ParcelView;
import io.hubline.sandbox.shopify.admin.Views.PartLineView;
import io.hubline.sandbox.shopify.admin.Views.PartView;
import io.hubline.sandbox.shopify.admin.Views.QuantityView;
import io.hubline.sandbox.shopify.admin.Views.RefundShippingView;
import io.hubline.sandbox.shopify.admin.Views.RefundView;
import io.hubline.sandbox.shopify.admin.Views.ReturnLineView;
import io.hubline.sandbox.shopify.admin.Views.ReturnView;
import io.hubline.sandbox.shopify.admin.Views.ShippingView;
import io.hubline.sandbox.shopify.admin.Views.TaxView;
import io.hubline.sandbox.shopify.admin.Views.TransactionView;
import io.hubline.sandbox.shopify.admin.Views.VersionView;
import io.hubline.sandbox.shopify.store.Buyer;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.Level;
import io.hubline.sandbox.shopify.store.Location;
import io.hubline.sandbox.shopify.store.Money;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Cancellation;
import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.Variant;
import io.hubline.sandbox.shopify.webhook.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The schema subset and how each of its fields is answered. One schema serves all shops: which one is
/// asked is in the request.
public final class AdminSchema {

    /// Where the subset lies, as a resource of this module.
    public static final String RESOURCE = "/io/hubline/sandbox/shopify/admin-2026-10.graphqls";

    static final String VERSION = "2026-10";

    private static final Duration SHIP_WITHIN = Duration.ofDays(2);
    private static final long FEE_FIXED_MINOR = 30;
    private static final long FEE_PER_TEN_THOUSAND = 250;
    private static final int COUNTED_UP_TO = 25_000;

    private static final Map<Class<?>, String> NODES = Map.ofEntries(
            entry(PlacedOrder.class, "Order"),
            entry(LineView.class, "LineItem"),
            entry(PartView.class, "FulfillmentOrder"),
            entry(PartLineView.class, "FulfillmentOrderLineItem"),
            entry(ParcelView.class, "Fulfillment"),
            entry(ItemView.class, "InventoryItem"),
            entry(Level.class, "InventoryLevel"),
            entry(Location.class, "Location"),
            entry(Product.class, "Product"),
            entry(Variant.class, "ProductVariant"),
            entry(Shop.class, "Shop"),
            entry(Subscription.class, "WebhookSubscription"),
            entry(ReturnView.class, "Return"),
            entry(ReturnLineView.class, "ReturnLineItem"),
            entry(GoodsReturn.Reason.class, "ReturnReasonDefinition"),
            entry(RefundView.class, "Refund"),
            entry(RefundShippingView.class, "RefundShippingLine"),
            entry(TransactionView.class, "OrderTransaction"),
            entry(Product.Image.class, "MediaImage"),
            entry(OptionView.class, "ProductOption"),
            entry(OptionValueView.class, "ProductOptionValue"),
            entry(Product.Metafield.class, "Metafield"));

    private static final Map<String, SearchQuery.Field<PlacedOrder>> ORDER_FILTERS = Map.of(
            "updated_at", SearchQuery.time(PlacedOrder::updatedAt),
            "created_at", SearchQuery.time(PlacedOrder::createdAt),
            "processed_at", SearchQuery.time(PlacedOrder::createdAt),
            "id", SearchQuery.number(PlacedOrder::id),
            "name", SearchQuery.text(PlacedOrder::name),
            "email", SearchQuery.text(order -> order.buyer().email()),
            "financial_status", SearchQuery.text(PlacedOrder::financialStatus),
            "fulfillment_status", SearchQuery.text(PlacedOrder::fulfillmentStatus),
            "status", SearchQuery.text(AdminSchema::orderStatus));

    private static final Map<String, SearchQuery.Field<Variant>> VARIANT_FILTERS = Map.of(
            "id", SearchQuery.number(Variant::id),
            "sku", SearchQuery.text(Variant::sku),
            "product_id", SearchQuery.number(Variant::productId));

    private static final Map<String, SearchQuery.Field<Variant>> ITEM_FILTERS = Map.of(
            "id", SearchQuery.number(Variant::inventoryItemId),
            "sku", SearchQuery.text(Variant::sku));

    private static final Map<String, SearchQuery.Field<Product>> PRODUCT_FILTERS = Map.of(
            "id", SearchQuery.number(Product::id),
            "title", SearchQuery.text(Product::title),
            "handle", SearchQuery.text(Product::handle),
            "status", SearchQuery.text(product -> product.status().name()));

    private AdminSchema() {}

    /// The subset as text.
    public static String text() {
        try (InputStream in = AdminSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("this jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GraphQLSchema build() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        Scalars.ALL.forEach(wiring::scalar);
        Stream.of("Node", "LegacyInteroperability", "DisplayableError", "Media", "ReturnLineItemType")
                .forEach(type ->
                        wiring.type(TypeRuntimeWiring.newTypeWiring(type).typeResolver(byClass())));
        connections().forEach(type -> connection(wiring, type));
        Stream.of(
                        query(),
                        AdminMutations.fields(),
                        shop(),
                        plan(),
                        order(),
                        line(),
                        fulfillmentOrder(),
                        fulfillmentOrderLine(),
                        assignedLocation(),
                        destination(),
                        action(),
                        parcel(),
                        parcelLine(),
                        tracking(),
                        customer(),
                        address(),
                        shipping(),
                        tax(),
                        fee(),
                        moneyBag(),
                        money(),
                        cancellation(),
                        attribute(),
                        count(),
                        variant(),
                        item(),
                        level(),
                        quantity(),
                        location(),
                        locationAddress(),
                        subscription(),
                        version(),
                        job())
                .forEach(fields -> wiring.type(fields.wiring()));
        Stream.of(AdminMutations.payloads(), MoneyBack.types(), GoodsBack.types(), ProductTypes.types())
                .flatMap(List::stream)
                .forEach(fields -> wiring.type(fields.wiring()));
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text()), wiring.build());
    }

    private static TypeResolver byClass() {
        return resolved -> {
            Object source = resolved.getObject();
            String name = source == null ? null : NODES.get(source.getClass());
            GraphQLObjectType type = name == null ? null : resolved.getSchema().getObjectType(name);
            if (type == null) {
                throw new IllegalStateException("no schema type for " + source);
            }
            return type;
        };
    }

    private static List<String> connections() {
        return List.of(
                "Order",
                "LineItem",
                "FulfillmentOrder",
                "FulfillmentOrderLineItem",
                "Fulfillment",
                "FulfillmentLineItem",
                "InventoryItem",
                "InventoryLevel",
                "Location",
                "Media",
                "OrderTransaction",
                "Product",
                "ProductVariant",
                "Refund",
                "RefundLineItem",
                "RefundShippingLine",
                "Return",
                "ReturnLineItemType",
                "ShippingLine",
                "WebhookSubscription");
    }

    private static void connection(RuntimeWiring.Builder wiring, String type) {
        wiring.type(Fields.of(type + "Connection", Page.class)
                .with("edges", Page::entries)
                .with(
                        "nodes",
                        page -> page.entries().stream().map(Page.Entry::node).toList())
                .with("pageInfo", page -> page)
                .wiring());
        wiring.type(Fields.of(type + "Edge", Page.Entry.class)
                .with("cursor", Page.Entry::cursor)
                .with("node", Page.Entry::node)
                .wiring());
        if (type.equals("Order")) {
            wiring.type(Fields.of("PageInfo", Page.class)
                    .with(
                            "endCursor",
                            page -> page.entries().isEmpty()
                                    ? null
                                    : page.entries().getLast().cursor())
                    .with(
                            "startCursor",
                            page -> page.entries().isEmpty()
                                    ? null
                                    : page.entries().getFirst().cursor())
                    .with("hasNextPage", Page::hasNext)
                    .with("hasPreviousPage", Page::hasPrevious)
                    .wiring());
        }
    }

    // Roots

    private static Fields<Root> query() {
        return Fields.of("QueryRoot", Root.class)
                .asking("shop", (root, request) -> Call.of(request).shop())
                .asking("order", (root, request) -> find("Order", id(request), request))
                .asking("orders", AdminSchema::orders)
                .asking("ordersCount", AdminSchema::ordersCount)
                .asking("fulfillment", (root, request) -> find("Fulfillment", id(request), request))
                .asking("fulfillmentOrder", (root, request) -> find("FulfillmentOrder", id(request), request))
                .asking("fulfillmentOrders", AdminSchema::fulfillmentOrders)
                .asking("inventoryItem", (root, request) -> find("InventoryItem", id(request), request))
                .asking(
                        "inventoryItems",
                        (root, request) -> page(
                                Call.of(request).shop().variants().stream()
                                        .filter(SearchQuery.filter(search(request), ITEM_FILTERS))
                                        .map(ItemView::new)
                                        .toList(),
                                "ID",
                                item -> Page.Place.ofId(item.variant().inventoryItemId()),
                                request))
                .asking("inventoryLevel", (root, request) -> find("InventoryLevel", id(request), request))
                .asking(
                        "job",
                        (root, request) ->
                                Call.of(request).jobs().find(id(request)).orElse(null))
                .asking("location", AdminSchema::location)
                .asking(
                        "locations",
                        (root, request) -> page(
                                Call.of(request).shop().locations(),
                                sort(request),
                                location -> sort(request).equals("NAME")
                                        ? new Page.Place(location.name(), location.id())
                                        : Page.Place.ofId(location.id()),
                                request))
                .asking("node", (root, request) -> find(Gid.type(id(request)), id(request), request))
                .asking("nodes", AdminSchema::nodes)
                .asking("product", (root, request) -> find("Product", id(request), request))
                .asking("productByIdentifier", (root, request) -> ProductTypes.byIdentifier(request))
                .asking("refund", (root, request) -> find("Refund", id(request), request))
                .asking("return", (root, request) -> find("Return", id(request), request))
                .asking(
                        "products",
                        (root, request) -> page(
                                Call.of(request).shop().products().stream()
                                        .filter(SearchQuery.filter(search(request), PRODUCT_FILTERS))
                                        .toList(),
                                sort(request),
                                product -> sort(request).equals("TITLE")
                                        ? new Page.Place(product.title(), product.id())
                                        : Page.Place.ofId(product.id()),
                                request))
                .asking("productVariant", (root, request) -> find("ProductVariant", id(request), request))
                .asking(
                        "productVariants",
                        (root, request) -> variantPage(
                                Call.of(request).shop().variants().stream()
                                        .filter(SearchQuery.filter(search(request), VARIANT_FILTERS))
                                        .toList(),
                                request))
                .asking("webhookSubscription", (root, request) -> find("WebhookSubscription", id(request), request))
                .asking("webhookSubscriptions", AdminSchema::subscriptions);
    }

    /// The source of a request's root fields, which have nothing above them.
    record Root() {}

    private static Object orders(Root root, DataFetchingEnvironment request) {
        String sort = sort(request);
        return page(
                Call.of(request).shop().orders().stream()
                        .filter(SearchQuery.filter(search(request), ORDER_FILTERS))
                        .toList(),
                sort,
                order -> switch (sort) {
                    case "UPDATED_AT" -> new Page.Place(order.updatedAt().toString(), order.id());
                    case "CREATED_AT", "PROCESSED_AT" ->
                        new Page.Place(order.createdAt().toString(), order.id());
                    default -> Page.Place.ofId(order.id());
                },
                request);
    }

    record Counted(int count, String precision) {}

    private static Object ordersCount(Root root, DataFetchingEnvironment request) {
        long found = Call.of(request).shop().orders().stream()
                .filter(SearchQuery.filter(search(request), ORDER_FILTERS))
                .count();
        int limit = Math.min(COUNTED_UP_TO, request.<Integer>getArgumentOrDefault("limit", COUNTED_UP_TO));
        return found > limit ? new Counted(limit, "AT_LEAST") : new Counted((int) found, "EXACT");
    }

    private static String orderStatus(PlacedOrder order) {
        if (order.cancelled()) {
            return "cancelled";
        }
        return order.fulfilledInFull() ? "closed" : "open";
    }

    private static Object fulfillmentOrders(Root root, DataFetchingEnvironment request) {
        boolean closedToo = Boolean.TRUE.equals(request.getArgument("includeClosed"));
        String sort = sort(request);
        return page(
                Call.of(request).shop().orders().stream()
                        .flatMap(order -> order.fulfillmentOrders().stream().map(part -> new PartView(order, part)))
                        .filter(view -> closedToo || view.part().fulfillable())
                        .toList(),
                sort,
                view -> sort.equals("UPDATED_AT")
                        ? new Page.Place(
                                view.part().updatedAt().toString(), view.part().id())
                        : Page.Place.ofId(view.part().id()),
                request);
    }

    private static @Nullable Object location(Root root, DataFetchingEnvironment request) {
        String id = request.getArgument("id");
        Shop shop = Call.of(request).shop();
        return id == null ? shop.locations().stream().findFirst().orElse(null) : find("Location", id, request);
    }

    private static Object nodes(Root root, DataFetchingEnvironment request) {
        List<String> ids = request.getArgumentOrDefault("ids", List.of());
        AdminMutations.checkSize(ids);
        List<@Nullable Object> found = new ArrayList<>();
        ids.forEach(id -> found.add(find(Gid.type(id), id, request)));
        return found;
    }

    private static Object subscriptions(Root root, DataFetchingEnvironment request) {
        List<String> topics = request.getArgument("topics");
        String uri = request.getArgument("uri");
        return page(
                Call.of(request).outbound().subscriptions().stream()
                        .filter(each ->
                                topics == null || topics.contains(each.event().name()))
                        .filter(each -> uri == null || each.target().toString().equals(uri))
                        .toList(),
                sort(request),
                each -> Page.Place.ofId(each.id()),
                request);
    }

    /// The thing a global id names, or null. An id of another type is refused, as the vendor does.
    static @Nullable Object find(String type, String gid, DataFetchingEnvironment request) {
        Call call = Call.of(request);
        Shop shop = call.shop();
        OptionalLong parsed = Gid.parse(type, gid);
        if (parsed.isEmpty()) {
            throw new AdminError("INVALID_VARIABLE", "Invalid global id '%s'".formatted(gid));
        }
        long id = parsed.getAsLong();
        return switch (type) {
            case "Order" -> shop.order(id).orElse(null);
            case "FulfillmentOrder" ->
                shop.orderOfFulfillmentOrder(id)
                        .flatMap(order -> order.fulfillmentOrders().stream()
                                .filter(part -> part.id() == id)
                                .findFirst()
                                .map(part -> new PartView(order, part)))
                        .orElse(null);
            case "Fulfillment" ->
                shop.orderOfFulfillment(id)
                        .flatMap(order -> order.fulfillments().stream()
                                .filter(parcel -> parcel.id() == id)
                                .findFirst()
                                .map(parcel -> new ParcelView(order, parcel)))
                        .orElse(null);
            case "Return" ->
                shop.orderOfReturn(id)
                        .flatMap(order -> order.goodsReturn(id).map(goods -> new ReturnView(order, goods)))
                        .orElse(null);
            case "Refund" ->
                shop.orderOfRefund(id)
                        .flatMap(order -> order.refunds().stream()
                                .filter(refund -> refund.id() == id)
                                .findFirst()
                                .map(refund -> new RefundView(order, refund)))
                        .orElse(null);
            case "InventoryItem" -> shop.variantOfItem(id).map(ItemView::new).orElse(null);
            case "InventoryLevel" -> shop.level(id).orElse(null);
            case "Location" -> shop.location(id).orElse(null);
            case "Product" -> shop.product(id).orElse(null);
            case "ProductVariant" -> shop.variant(id).orElse(null);
            case "WebhookSubscription" ->
                call.outbound().subscriptions().stream()
                        .filter(each -> each.id() == id)
                        .findFirst()
                        .orElse(null);
            default -> null;
        };
    }

    // Shop and orders

    private static Fields<Shop> shop() {
        return Fields.of("Shop", Shop.class)
                .with("id", shop -> Gid.of("Shop", shop.profile().idBase()))
                .with("name", shop -> shop.profile().name())
                .with("email", shop -> "owner@" + shop.profile().name() + ".example.com")
                .with("myshopifyDomain", shop -> shop.profile().domain())
                .with("url", shop -> "https://" + shop.profile().domain())
                .with("currencyCode", shop -> shop.profile().currency())
                .with("ianaTimezone", shop -> shop.profile().zone().getId())
                .with("taxesIncluded", shop -> false)
                .with("plan", shop -> shop)
                .with("createdAt", Shop::openedAt);
    }

    private static Fields<Shop> plan() {
        return Fields.of("ShopPlan", Shop.class)
                .with("partnerDevelopment", shop -> true)
                .with("publicDisplayName", shop -> "Development")
                .with("shopifyPlus", shop -> false);
    }

    private static Fields<PlacedOrder> order() {
        return Fields.of("Order", PlacedOrder.class)
                .with("id", PlacedOrder::gid)
                .with("legacyResourceId", PlacedOrder::id)
                .with("name", PlacedOrder::name)
                .with("number", PlacedOrder::number)
                .with("createdAt", PlacedOrder::createdAt)
                .with("processedAt", PlacedOrder::createdAt)
                .with("updatedAt", PlacedOrder::updatedAt)
                .with("cancelledAt", order -> of(order.cancellation(), Cancellation::at))
                .with("cancelReason", order -> of(order.cancellation(), Cancellation::reason))
                .with("cancellation", PlacedOrder::cancellation)
                .with("closed", order -> order.fulfilledInFull())
                .with("closedAt", order -> order.fulfilledInFull() ? order.updatedAt() : null)
                .with("confirmed", order -> true)
                .with("edited", order -> false)
                .with("estimatedTaxes", order -> false)
                .with("test", order -> false)
                .with("taxExempt", order -> false)
                .with("taxesIncluded", order -> false)
                .with(
                        "fulfillable",
                        order -> order.fulfillmentOrders().stream().anyMatch(FulfillmentOrder::fulfillable))
                .with("fullyPaid", order -> true)
                .with("unpaid", order -> false)
                .with("refundable", order -> order.refundableMinor() > 0)
                .with("restockable", order -> !order.cancelled())
                .with("requiresShipping", order -> true)
                .with("displayFinancialStatus", PlacedOrder::financialStatus)
                .with("displayFulfillmentStatus", PlacedOrder::fulfillmentStatus)
                .with("currencyCode", PlacedOrder::currency)
                .with("presentmentCurrencyCode", PlacedOrder::currency)
                .with("email", order -> order.buyer().email())
                .with("phone", order -> order.buyer().phone())
                .with("note", PlacedOrder::note)
                .with("poNumber", order -> null)
                .with("tags", order -> List.of())
                .with("customAttributes", order -> List.of())
                .with("paymentGatewayNames", order -> List.of(PlacedOrder.GATEWAY))
                .with("sourceName", order -> "web")
                .with("billingAddressMatchesShippingAddress", order -> true)
                .with("billingAddress", AddressView::new)
                .with("shippingAddress", AddressView::new)
                .with("customer", CustomerView::new)
                .with("subtotalLineItemsQuantity", PlacedOrder::units)
                .with(
                        "currentSubtotalLineItemsQuantity",
                        order -> order.lines().stream()
                                .mapToInt(PlacedOrder.Line::current)
                                .sum())
                .with("subtotalPriceSet", order -> order.money(order.subtotalMinor()))
                .with("totalPriceSet", order -> order.money(order.totalMinor()))
                .with("originalTotalPriceSet", order -> order.money(order.totalMinor()))
                .with("totalTaxSet", order -> order.money(order.taxMinor()))
                .with("totalShippingPriceSet", order -> order.money(order.shippingMinor()))
                .with("totalDiscountsSet", order -> order.money(0))
                .with("totalReceivedSet", order -> order.money(order.totalMinor()))
                .with("totalRefundedSet", order -> order.money(order.refundedMinor()))
                .with("totalRefundedShippingSet", order -> order.money(order.refundedShippingMinor()))
                .with("netPaymentSet", order -> order.money(order.refundableMinor()))
                .with("totalOutstandingSet", order -> order.money(0))
                .with("currentTotalPriceSet", order -> order.money(currentTotal(order)))
                .with("currentSubtotalPriceSet", order -> order.money(order.currentSubtotalMinor()))
                .with("currentTotalTaxSet", order -> order.money(order.currentTaxMinor()))
                .with("currentShippingPriceSet", order -> order.money(currentShipping(order)))
                .with("returnStatus", PlacedOrder::returnStatus)
                .with("currentTotalDiscountsSet", order -> order.money(0))
                .with("taxLines", order -> List.of(new TaxView(order.money(order.taxMinor()))))
                .with("shippingLine", ShippingView::new)
                .asking(
                        "shippingLines",
                        (order, request) -> page(
                                List.of(new ShippingView(order)),
                                "ID",
                                line -> Page.Place.ofId(order.shippingLineId()),
                                request))
                .asking("transactions", (order, request) -> first(MoneyBack.transactions(order), request))
                .asking(
                        "refunds",
                        (order, request) -> first(
                                order.refunds().stream()
                                        .map(refund -> new RefundView(order, refund))
                                        .toList(),
                                request))
                .asking(
                        "returns",
                        (order, request) -> page(
                                order.returns().stream()
                                        .map(goods -> new ReturnView(order, goods))
                                        .toList(),
                                "ID",
                                view -> Page.Place.ofId(view.goods().id()),
                                request))
                .asking(
                        "lineItems",
                        (order, request) -> page(
                                order.lines().stream()
                                        .map(line -> new LineView(order, line))
                                        .toList(),
                                "ID",
                                view -> Page.Place.ofId(view.line().id()),
                                request))
                .asking(
                        "fulfillmentOrders",
                        (order, request) -> page(
                                order.fulfillmentOrders().stream()
                                        .map(part -> new PartView(order, part))
                                        .toList(),
                                "ID",
                                view -> Page.Place.ofId(view.part().id()),
                                request))
                .asking(
                        "fulfillments",
                        (order, request) -> first(
                                order.fulfillments().stream()
                                        .map(parcel -> new ParcelView(order, parcel))
                                        .toList(),
                                request));
    }

    private static long currentShipping(PlacedOrder order) {
        return order.shippingMinor() - order.refundedShippingMinor();
    }

    private static long currentTotal(PlacedOrder order) {
        return order.currentSubtotalMinor() + order.currentTaxMinor() + currentShipping(order);
    }

    private static Fields<LineView> line() {
        return Fields.of("LineItem", LineView.class)
                .with("id", view -> view.line().gid())
                .with("sku", view -> sku(view.line().variant()))
                .with("name", view -> view.line().variant().displayName())
                .with("title", view -> view.line().variant().productTitle())
                .with("variantTitle", view -> variantTitle(view.line().variant()))
                .with("vendor", view -> view.line().variant().vendor())
                .with("quantity", view -> view.line().quantity())
                .with("currentQuantity", view -> view.line().current())
                .with("unfulfilledQuantity", view -> view.line().unfulfilled())
                .with("refundableQuantity", view -> view.line().current())
                .with("nonFulfillableQuantity", view -> 0)
                .with("isGiftCard", view -> false)
                .with("requiresShipping", view -> true)
                .with("restockable", view -> !view.order().cancelled())
                .with("taxable", view -> true)
                .with("customAttributes", view -> List.of())
                .with(
                        "originalUnitPriceSet",
                        view -> view.order().money(view.line().variant().priceMinor()))
                .with(
                        "discountedUnitPriceSet",
                        view -> view.order().money(view.line().variant().priceMinor()))
                .with(
                        "discountedUnitPriceAfterAllDiscountsSet",
                        view -> view.order().money(view.line().variant().priceMinor()))
                .with("originalTotalSet", view -> view.order().money(view.line().subtotalMinor()))
                .with(
                        "discountedTotalSet",
                        view -> view.order().money(view.line().subtotalMinor()))
                .with("totalDiscountSet", view -> view.order().money(0))
                .asking(
                        "taxLines",
                        (view, request) -> first(
                                List.of(new TaxView(
                                        view.order().money(view.line().taxMinor()))),
                                request))
                .asking("variant", (view, request) -> sold(view.line(), request))
                .asking(
                        "product",
                        (view, request) -> Call.of(request)
                                .shop()
                                .product(view.line().variant().productId())
                                .orElse(null));
    }

    private static Fields<PartView> fulfillmentOrder() {
        return Fields.of("FulfillmentOrder", PartView.class)
                .with("id", view -> view.part().gid())
                .with("status", view -> view.part().status().name())
                .with("requestStatus", view -> "UNSUBMITTED")
                .with("createdAt", view -> view.part().createdAt())
                .with("updatedAt", view -> view.part().updatedAt())
                .with("fulfillAt", view -> view.part().createdAt())
                .with("fulfillBy", view -> view.part().createdAt().plus(SHIP_WITHIN))
                .with("order", PartView::order)
                .with("orderId", view -> view.order().gid())
                .with("orderName", view -> view.order().name())
                .with("orderProcessedAt", view -> view.order().createdAt())
                .with("assignedLocation", view -> new AssignedLocationView(view.part()))
                .with("destination", view -> new DestinationView(view.order()))
                .with(
                        "supportedActions",
                        view -> view.part().fulfillable()
                                ? List.of(
                                        new ActionView("CREATE_FULFILLMENT"),
                                        new ActionView("CANCEL_FULFILLMENT_ORDER"))
                                : List.of())
                .asking(
                        "fulfillments",
                        (view, request) -> page(
                                view.order().fulfillments().stream()
                                        .filter(parcel -> parcel.fulfillmentOrderIds()
                                                .contains(view.part().id()))
                                        .map(parcel -> new ParcelView(view.order(), parcel))
                                        .toList(),
                                "ID",
                                parcel -> Page.Place.ofId(parcel.parcel().id()),
                                request))
                .asking(
                        "lineItems",
                        (view, request) -> page(
                                view.part().parts().stream()
                                        .map(units -> new PartLineView(
                                                view.order(), units, line(view.order(), units.lineId())))
                                        .toList(),
                                "ID",
                                units -> Page.Place.ofId(units.units().id()),
                                request));
    }

    private static Fields<PartLineView> fulfillmentOrderLine() {
        return Fields.of("FulfillmentOrderLineItem", PartLineView.class)
                .with("id", view -> view.units().gid())
                .with("inventoryItemId", view -> view.line().variant().inventoryItemGid())
                .with("lineItem", view -> new LineView(view.order(), view.line()))
                .with("productTitle", view -> view.line().variant().productTitle())
                .with("remainingQuantity", view -> view.units().remaining())
                .with("totalQuantity", view -> view.units().total())
                .with("requiresShipping", view -> true)
                .with("sku", view -> sku(view.line().variant()))
                .asking("variant", (view, request) -> sold(view.line(), request))
                .with("variantTitle", view -> variantTitle(view.line().variant()))
                .with("vendor", view -> view.line().variant().vendor());
    }

    /// The variant as it is now; null when it was deleted since.
    private static @Nullable Variant sold(PlacedOrder.Line line, DataFetchingEnvironment request) {
        return Call.of(request).shop().variant(line.variant().id()).orElse(null);
    }

    static @Nullable String sku(Variant variant) {
        return variant.sku().isEmpty() ? null : variant.sku();
    }

    private static @Nullable String variantTitle(Variant variant) {
        return variant.title().equals(Variant.DEFAULT_TITLE) ? null : variant.title();
    }

    static PlacedOrder.Line line(PlacedOrder order, long lineId) {
        return order.line(lineId).orElseThrow(() -> new IllegalStateException(order.name() + " has no line " + lineId));
    }

    private static Fields<AssignedLocationView> assignedLocation() {
        return Fields.of("FulfillmentOrderAssignedLocation", AssignedLocationView.class)
                .with("name", view -> view.part().location().name())
                .with("location", view -> view.part().location())
                .with("countryCode", view -> "US")
                .with("address1", view -> null)
                .with("address2", view -> null)
                .with("city", view -> null)
                .with("phone", view -> null)
                .with("province", view -> null)
                .with("zip", view -> null);
    }

    private static Fields<DestinationView> destination() {
        return Fields.of("FulfillmentOrderDestination", DestinationView.class)
                .with(
                        "id",
                        view -> Gid.of(
                                "FulfillmentOrderDestination", view.order().addressId()))
                .with("address1", view -> view.order().buyer().address1())
                .with("address2", view -> null)
                .with("city", view -> view.order().buyer().city())
                .with("company", view -> null)
                .with("countryCode", view -> view.order().buyer().countryCode())
                .with("email", view -> view.order().buyer().email())
                .with("firstName", view -> view.order().buyer().firstName())
                .with("lastName", view -> view.order().buyer().lastName())
                .with("phone", view -> view.order().buyer().phone())
                .with("province", view -> view.order().buyer().province())
                .with("zip", view -> view.order().buyer().zip());
    }

    private static Fields<ActionView> action() {
        return Fields.of("FulfillmentOrderSupportedAction", ActionView.class)
                .with("action", ActionView::action)
                .with("externalUrl", view -> null);
    }

    private static Fields<ParcelView> parcel() {
        return Fields.of("Fulfillment", ParcelView.class)
                .with("id", view -> view.parcel().gid())
                .with("legacyResourceId", view -> view.parcel().id())
                .with("name", view -> view.parcel().name())
                .with("status", view -> "SUCCESS")
                .with("displayStatus", view -> "FULFILLED")
                .with("createdAt", view -> view.parcel().createdAt())
                .with("updatedAt", view -> view.parcel().updatedAt())
                .with("requiresShipping", view -> true)
                .with("totalQuantity", view -> view.parcel().totalQuantity())
                .with("location", view -> view.parcel().location())
                .with("order", ParcelView::order)
                .asking(
                        "trackingInfo",
                        (view, request) -> first(List.of(view.parcel().tracking()), request))
                .asking(
                        "fulfillmentOrders",
                        (view, request) -> page(
                                view.order().fulfillmentOrders().stream()
                                        .filter(part -> view.parcel()
                                                .fulfillmentOrderIds()
                                                .contains(part.id()))
                                        .map(part -> new PartView(view.order(), part))
                                        .toList(),
                                "ID",
                                part -> Page.Place.ofId(part.part().id()),
                                request))
                .asking(
                        "fulfillmentLineItems",
                        (view, request) -> page(
                                view.parcel().parts().stream()
                                        .map(units -> new ParcelLineView(
                                                view.order(), units, line(view.order(), units.lineId())))
                                        .toList(),
                                "ID",
                                units -> Page.Place.ofId(units.units().id()),
                                request));
    }

    private static Fields<ParcelLineView> parcelLine() {
        return Fields.of("FulfillmentLineItem", ParcelLineView.class)
                .with("id", view -> Gid.of("FulfillmentLineItem", view.units().id()))
                .with("lineItem", view -> new LineView(view.order(), view.line()))
                .with("quantity", view -> view.units().quantity())
                .with("originalTotalSet", AdminSchema::parcelLineTotal)
                .with("discountedTotalSet", AdminSchema::parcelLineTotal);
    }

    private static Money parcelLineTotal(ParcelLineView view) {
        return view.order()
                .money(view.line().variant().priceMinor() * view.units().quantity());
    }

    private static Fields<PlacedOrder.Tracking> tracking() {
        return Fields.of("FulfillmentTrackingInfo", PlacedOrder.Tracking.class)
                .with("company", PlacedOrder.Tracking::company)
                .with("number", PlacedOrder.Tracking::number)
                .with("url", PlacedOrder.Tracking::url);
    }

    private static Fields<CustomerView> customer() {
        return Fields.of("Customer", CustomerView.class)
                .with("id", view -> Gid.of("Customer", view.order().customerId()))
                .with("legacyResourceId", view -> view.order().customerId())
                .with("displayName", view -> view.order().buyer().name())
                .with("firstName", view -> view.order().buyer().firstName())
                .with("lastName", view -> view.order().buyer().lastName())
                .with("email", view -> view.order().buyer().email())
                .with("phone", view -> view.order().buyer().phone())
                .with("createdAt", view -> view.order().createdAt())
                .with("updatedAt", view -> view.order().createdAt());
    }

    private static Fields<AddressView> address() {
        return Fields.of("MailingAddress", AddressView.class)
                .with("id", view -> Gid.of("MailingAddress", view.order().addressId()))
                .with("address1", view -> buyer(view).address1())
                .with("address2", view -> null)
                .with("city", view -> buyer(view).city())
                .with("company", view -> null)
                .with("country", view -> buyer(view).country())
                .with("countryCodeV2", view -> buyer(view).countryCode())
                .with("firstName", view -> buyer(view).firstName())
                .with("lastName", view -> buyer(view).lastName())
                .with("name", view -> buyer(view).name())
                .with("phone", view -> buyer(view).phone())
                .with("province", view -> buyer(view).province())
                .with("provinceCode", view -> buyer(view).provinceCode())
                .with("zip", view -> buyer(view).zip());
    }

    private static Buyer buyer(AddressView view) {
        return view.order().buyer();
    }

    private static Fields<ShippingView> shipping() {
        return Fields.of("ShippingLine", ShippingView.class)
                .with("id", view -> Gid.of("ShippingLine", view.order().shippingLineId()))
                .with("title", view -> "Standard")
                .with("code", view -> "Standard")
                .with("source", view -> "shopify")
                .with("custom", view -> false)
                .with("isRemoved", view -> false)
                .with(
                        "originalPriceSet",
                        view -> view.order().money(view.order().shippingMinor()))
                .with(
                        "discountedPriceSet",
                        view -> view.order().money(view.order().shippingMinor()))
                .with("taxLines", view -> List.of());
    }

    private static Fields<TaxView> tax() {
        return Fields.of("TaxLine", TaxView.class)
                .with("title", view -> "State Tax")
                .with("rate", view -> 0.06)
                .with("ratePercentage", view -> 6.0)
                .with("source", view -> "Shopify")
                .with("channelLiable", view -> false)
                .with("priceSet", TaxView::price);
    }

    private static Fields<FeeView> fee() {
        return Fields.of("TransactionFee", FeeView.class)
                .with("id", view -> Gid.of("TransactionFee", view.id()))
                .with(
                        "amount",
                        view -> view.order()
                                .money(FEE_FIXED_MINOR + view.order().totalMinor() * FEE_PER_TEN_THOUSAND / 10_000))
                .with("flatFee", view -> view.order().money(FEE_FIXED_MINOR))
                .with("flatFeeName", view -> null)
                .with("rate", view -> "0.025")
                .with("rateName", view -> null)
                .with("taxAmount", view -> view.order().money(0))
                .with("type", view -> "processing_fee");
    }

    private static Fields<Money> moneyBag() {
        return Fields.of("MoneyBag", Money.class)
                .with("shopMoney", money -> money)
                .with("presentmentMoney", money -> money);
    }

    private static Fields<Money> money() {
        return Fields.of("MoneyV2", Money.class)
                .with("amount", Money::graphText)
                .with("currencyCode", Money::currency);
    }

    private static Fields<Cancellation> cancellation() {
        return Fields.of("OrderCancellation", Cancellation.class).with("staffNote", Cancellation::staffNote);
    }

    private record NoAttribute() {}

    private static Fields<NoAttribute> attribute() {
        return Fields.of("Attribute", NoAttribute.class).with("key", none -> "").with("value", none -> null);
    }

    private static Fields<Counted> count() {
        return Fields.of("Count", Counted.class).with("count", Counted::count).with("precision", Counted::precision);
    }

    // Catalogue and stock

    static Object variantPage(Collection<Variant> variants, DataFetchingEnvironment request) {
        String sort = sort(request);
        List<Variant> inOrder = List.copyOf(variants);
        return page(
                inOrder,
                sort,
                variant -> switch (sort) {
                    case "SKU" -> new Page.Place(variant.sku(), variant.id());
                    case "POSITION" -> new Page.Place("%05d".formatted(inOrder.indexOf(variant)), variant.id());
                    default -> Page.Place.ofId(variant.id());
                },
                request);
    }

    static int shown(Variant variant, DataFetchingEnvironment request) {
        return Call.of(request).shop().levels(variant.inventoryItemId()).stream()
                .mapToInt(Level::available)
                .sum();
    }

    private static Fields<Variant> variant() {
        return Fields.of("ProductVariant", Variant.class)
                .with("id", Variant::gid)
                .with("legacyResourceId", Variant::id)
                .with("sku", AdminSchema::sku)
                .with("barcode", Variant::barcode)
                .with("title", Variant::title)
                .with("displayName", variant -> variant.productTitle() + " - " + variant.title())
                .asking("position", ProductTypes::position)
                .asking("selectedOptions", ProductTypes::selectedOptions)
                .with("price", variant -> new Money(variant.priceMinor(), "USD").restText())
                .with("inventoryPolicy", variant -> variant.policy().name())
                .with("inventoryItem", ItemView::new)
                .asking("inventoryQuantity", AdminSchema::shown)
                .asking(
                        "product",
                        (variant, request) -> Call.of(request)
                                .shop()
                                .product(variant.productId())
                                .orElse(null))
                .with("createdAt", Variant::createdAt)
                .with("updatedAt", Variant::updatedAt);
    }

    private static Fields<ItemView> item() {
        return Fields.of("InventoryItem", ItemView.class)
                .with("id", view -> view.variant().inventoryItemGid())
                .with("legacyResourceId", view -> view.variant().inventoryItemId())
                .with("sku", view -> sku(view.variant()))
                .with("tracked", view -> view.variant().tracked())
                .with("requiresShipping", view -> view.variant().requiresShipping())
                .with("createdAt", view -> view.variant().createdAt())
                .with("updatedAt", view -> view.variant().updatedAt())
                .with("variant", ItemView::variant)
                .asking(
                        "variants",
                        (view, request) ->
                                page(List.of(view.variant()), "ID", variant -> Page.Place.ofId(variant.id()), request))
                .asking("inventoryLevel", (view, request) -> {
                    String gid = request.getArgumentOrDefault("locationId", "");
                    OptionalLong location = Gid.parse("Location", gid);
                    if (location.isEmpty()) {
                        throw new AdminError("INVALID_VARIABLE", "Invalid global id '%s'".formatted(gid));
                    }
                    return Call.of(request)
                            .shop()
                            .level(view.variant().inventoryItemId(), location.getAsLong())
                            .orElse(null);
                })
                .asking(
                        "inventoryLevels",
                        (view, request) -> page(
                                Call.of(request).shop().levels(view.variant().inventoryItemId()),
                                "ID",
                                level -> Page.Place.ofId(level.id()),
                                request));
    }

    private static Fields<Level> level() {
        return Fields.of("InventoryLevel", Level.class)
                .with("id", Level::gid)
                .with("isActive", level -> true)
                .with("canDeactivate", level -> false)
                .with("createdAt", Level::createdAt)
                .with("updatedAt", Level::updatedAt)
                .asking(
                        "item",
                        (level, request) -> Call.of(request)
                                .shop()
                                .variantOfItem(level.inventoryItemId())
                                .map(ItemView::new)
                                .orElse(null))
                .asking(
                        "location",
                        (level, request) -> Call.of(request)
                                .shop()
                                .location(level.locationId())
                                .orElse(null))
                .asking("quantities", (level, request) -> {
                    List<String> names = request.getArgumentOrDefault("names", List.of());
                    return names.stream().map(name -> quantity(level, name)).toList();
                });
    }

    private static QuantityView quantity(Level level, String name) {
        return switch (name) {
            case "available" -> new QuantityView(level, name, level.available());
            case "committed" -> new QuantityView(level, name, level.committed());
            case "on_hand" -> new QuantityView(level, name, level.onHand());
            case "damaged", "incoming", "quality_control", "reserved", "safety_stock" ->
                new QuantityView(level, name, 0);
            default -> throw new AdminError("BAD_REQUEST", "The quantity name '%s' is invalid.".formatted(name));
        };
    }

    private static Fields<QuantityView> quantity() {
        return Fields.of("InventoryQuantity", QuantityView.class)
                .with(
                        "id",
                        view -> "%s?inventory_item_id=%d&name=%s"
                                .formatted(
                                        Gid.of("InventoryQuantity", view.level().id()),
                                        view.level().inventoryItemId(),
                                        view.name()))
                .with("name", QuantityView::name)
                .with("quantity", QuantityView::quantity)
                .with("updatedAt", view -> view.level().updatedAt());
    }

    private static Fields<Location> location() {
        return Fields.of("Location", Location.class)
                .with("id", Location::gid)
                .with("legacyResourceId", Location::id)
                .with("name", Location::name)
                .with("isActive", location -> true)
                .with("fulfillsOnlineOrders", location -> true)
                .with("shipsInventory", location -> true)
                .with("address", location -> location)
                .with("createdAt", Location::createdAt)
                .with("updatedAt", Location::createdAt);
    }

    private static Fields<Location> locationAddress() {
        return Fields.of("LocationAddress", Location.class)
                .with("address1", location -> "1 Dock Road")
                .with("address2", location -> null)
                .with("city", location -> "Louisville")
                .with("country", location -> "United States")
                .with("countryCode", location -> "US")
                .with("phone", location -> null)
                .with("province", location -> "Kentucky")
                .with("provinceCode", location -> "KY")
                .with("zip", location -> "40201");
    }

    // Subscriptions and jobs

    private static Fields<Subscription> subscription() {
        return Fields.of("WebhookSubscription", Subscription.class)
                .with("id", subscription -> Gid.of("WebhookSubscription", subscription.id()))
                .with("legacyResourceId", Subscription::id)
                .with("topic", subscription -> subscription.event().name())
                .with("uri", subscription -> subscription.target().toString())
                .with("callbackUrl", subscription -> subscription.target().toString())
                .with("format", subscription -> "JSON")
                .with("filter", subscription -> null)
                .with("includeFields", subscription -> List.of())
                .with("metafieldNamespaces", subscription -> List.of())
                .with("name", subscription -> null)
                .with("apiVersion", subscription -> new VersionView(VERSION))
                .with("createdAt", Subscription::createdAt)
                .with("updatedAt", Subscription::updatedAt);
    }

    private static Fields<VersionView> version() {
        return Fields.of("ApiVersion", VersionView.class)
                .with("displayName", VersionView::handle)
                .with("handle", VersionView::handle)
                .with("supported", version -> true);
    }

    private static Fields<Jobs.Job> job() {
        return Fields.of("Job", Jobs.Job.class)
                .with("id", Jobs.Job::id)
                .with("done", Jobs.Job::done)
                .with("query", any -> new Root());
    }

    // Arguments

    private static <T> Object page(
            Collection<T> all, String sort, Function<T, Page.Place> placer, DataFetchingEnvironment request) {
        return Page.of(all, sort, placer, request);
    }

    static <T> List<T> first(List<T> all, DataFetchingEnvironment request) {
        Integer first = request.getArgument("first");
        return first == null || first >= all.size() ? all : all.subList(0, Math.max(0, first));
    }

    private static String id(DataFetchingEnvironment request) {
        return request.getArgumentOrDefault("id", "");
    }

    private static String search(DataFetchingEnvironment request) {
        String query = request.getArgument("query");
        return query == null ? "" : query;
    }

    static String sort(DataFetchingEnvironment request) {
        String sort = request.getArgument("sortKey");
        return sort == null ? "ID" : sort;
    }

    private static <S, T> @Nullable T of(@Nullable S source, Function<S, T> reader) {
        return source == null ? null : reader.apply(source);
    }
}
