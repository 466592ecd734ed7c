package io.hubline.sandbox.shopify;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.shopify.Control.SkuTally;
import io.hubline.sandbox.shopify.Control.Stocked;
import io.hubline.sandbox.shopify.admin.AdminFaults;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.Level;
import io.hubline.sandbox.shopify.store.Location;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Cancellation;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.StockWrite;
import io.hubline.sandbox.shopify.store.Variant;
import io.hubline.sandbox.shopify.webhook.MessageState;
import io.hubline.sandbox.shopify.webhook.WebhookCounts;
import io.hubline.sandbox.shopify.webhook.WebhookFaults;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The control API of one shop, under `/control/shops/{shop}`. Only the loopback and the right token get
/// here.
final class ControlEdge {

    private static final int PART = 1000;

    private final SimulatedShop simulated;
    private final Shop shop;

    ControlEdge(SimulatedShop simulated) {
        this.simulated = simulated;
        this.shop = simulated.shop();
    }

    /// Answers `/control/shops/{shop}/{what...}`.
    void serve(HttpExchange exchange, List<String> what) throws IOException {
        String method = exchange.getRequestMethod();
        String route =
                method + " " + (what.isEmpty() ? "" : what.getFirst()) + "/".repeat(Math.max(0, what.size() - 1));
        switch (route) {
            case "POST catalogue" ->
                Answers.send(exchange, 201, create(Answers.body(exchange, Control.Catalogue.class)));
            case "GET catalogue" -> Answers.send(exchange, 200, listed(shop.variants()));
            case "PUT faults" -> {
                faults(Answers.body(exchange, Control.Faults.class));
                Answers.send(exchange, 200, faults());
            }
            case "GET faults" -> Answers.send(exchange, 200, faults());
            case "GET tally" -> Answers.send(exchange, 200, tally());
            case "GET orders" -> Answers.send(exchange, 200, orders(after(exchange)));
            case "GET orders/" -> Answers.send(exchange, 200, order(what.get(1)));
            case "POST orders//" -> {
                if (!what.get(2).equals("returns")) {
                    throw new Answers.Refused(404, "an order has no " + what.get(2));
                }
                BuyerEdge.openReturn(exchange, simulated, what.get(1));
            }
            case "GET refunds" -> Answers.send(exchange, 200, part(refunds(), after(exchange)));
            case "GET returns" -> Answers.send(exchange, 200, part(returns(), after(exchange)));
            case "GET products" -> Answers.send(exchange, 200, part(shop.products(), after(exchange), this::product));
            case "GET shown" -> Answers.send(exchange, 200, shown());
            case "PUT shown" -> Answers.send(exchange, 200, sabotage(Answers.body(exchange, Control.Sabotage.class)));
            case "GET writes" ->
                Answers.send(
                        exchange,
                        200,
                        part(shop.writes().stream().map(this::write).toList(), after(exchange)));
            case "GET sales" -> Answers.send(exchange, 200, part(sales(), after(exchange)));
            case "GET webhooks" -> Answers.send(exchange, 200, part(webhooks(exchange), after(exchange)));
            case "POST webhooks//" -> Answers.send(exchange, 200, redeliver(what));
            case "GET people" -> Answers.send(exchange, 200, people());
            default ->
                throw new Answers.Refused(404, "the control API has no " + method + " " + String.join("/", what));
        }
    }

    private List<Control.Listed> create(Control.Catalogue catalogue) {
        Set<String> skus = new LinkedHashSet<>();
        catalogue.products().forEach(product -> product.variants().forEach(variant -> check(variant, skus)));
        return shop.locked(() -> {
            List<Variant> added = new ArrayList<>();
            for (Control.NewProduct wanted : catalogue.products()) {
                Product product = shop.addProduct(wanted.title(), wanted.vendor());
                for (Control.NewVariant variant : wanted.variants()) {
                    added.add(add(product, variant));
                }
            }
            return listed(added);
        });
    }

    private void check(Control.NewVariant variant, Set<String> skus) {
        if (variant.sku() == null || variant.sku().isBlank() || variant.title() == null) {
            throw new Answers.Refused(400, "a variant needs a sku and a title");
        }
        if (!skus.add(variant.sku()) || shop.variantOfSku(variant.sku()).isPresent()) {
            throw new Answers.Refused(400, "sku " + variant.sku() + " would be sold twice");
        }
        if (variant.priceMinor() < 0 || variant.stock().stream().anyMatch(stock -> stock.location() == null)) {
            throw new Answers.Refused(
                    400, "sku " + variant.sku() + " has a negative price or a stock without location");
        }
        policy(variant.policy());
    }

    private static Variant.Policy policy(@Nullable String name) {
        try {
            return name == null ? Variant.Policy.DENY : Variant.Policy.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, "policy must be DENY or CONTINUE");
        }
    }

    private Variant add(Product product, Control.NewVariant wanted) {
        Variant variant = shop.addVariant(
                product.id(), wanted.title(), wanted.sku(), wanted.priceMinor(), policy(wanted.policy()));
        wanted.stock()
                .forEach(stock -> shop.stock(
                        variant.inventoryItemId(),
                        shop.location(stock.location()).id(),
                        stock.available()));
        return variant;
    }

    private List<Control.Listed> listed(Collection<Variant> variants) {
        return variants.stream()
                .map(variant -> new Control.Listed(
                        shop.profile().name(),
                        variant.sku(),
                        Gid.of("Product", variant.productId()),
                        variant.gid(),
                        variant.inventoryItemGid(),
                        variant.priceMinor(),
                        shop.levels(variant.inventoryItemId()).stream()
                                .map(level -> new Stocked(
                                        shop.location(level.locationId())
                                                .map(Location::name)
                                                .orElse(""),
                                        Gid.of("Location", level.locationId()),
                                        level.available()))
                                .toList()))
                .toList();
    }

    private void faults(Control.Faults wanted) {
        try {
            WebhookFaults webhooks =
                    new WebhookFaults(wanted.duplicatePercent(), wanted.reorderPercent(), wanted.lostPercent());
            AdminFaults calls = new AdminFaults(
                    wanted.throttlePercent(),
                    wanted.unansweredPercent(),
                    wanted.brokenPercent(),
                    wanted.extraLatencyMillis());
            simulated.outbound().faults(webhooks);
            simulated.api().faults(calls);
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, String.valueOf(e.getMessage()));
        }
    }

    private Control.Faults faults() {
        WebhookFaults webhooks = simulated.outbound().faults();
        AdminFaults calls = simulated.api().faults();
        return new Control.Faults(
                webhooks.duplicatePercent(),
                webhooks.reorderPercent(),
                webhooks.lostPercent(),
                calls.throttlePercent(),
                calls.unansweredPercent(),
                calls.brokenPercent(),
                calls.extraLatencyMillis());
    }

    /// Counts from the orders themselves, so that it cannot drift from them.
    private Control.Tally tally() {
        return shop.locked(() -> {
            List<PlacedOrder> orders = shop.orders();
            Map<String, long[]> bySku = new TreeMap<>();
            shop.variants().forEach(variant -> bySku.put(variant.sku(), new long[3]));
            for (PlacedOrder order : orders) {
                for (Control.OrderLine line : lines(order)) {
                    long[] units = bySku.computeIfAbsent(line.sku(), any -> new long[3]);
                    units[0] += line.quantity();
                    units[1] += line.cancelled();
                    units[2] += line.shipped();
                }
            }
            int cancelled = (int) orders.stream().filter(PlacedOrder::cancelled).count();
            int bySeller = (int) orders.stream()
                    .map(PlacedOrder::cancellation)
                    .filter(cancellation -> cancellation != null && cancellation.bySeller())
                    .count();
            int fulfilled =
                    (int) orders.stream().filter(PlacedOrder::fulfilledInFull).count();
            return new Control.Tally(
                    shop.profile().name(),
                    orders.size(),
                    cancelled,
                    bySeller,
                    fulfilled,
                    orders.size() - cancelled - fulfilled,
                    shop.soldOutCheckouts(),
                    messages(simulated.outbound().counts()),
                    bySku.entrySet().stream()
                            .map(sku ->
                                    new SkuTally(sku.getKey(), sku.getValue()[0], sku.getValue()[1], sku.getValue()[2]))
                            .toList(),
                    shop.products().size(),
                    returnsByStatus(orders),
                    (int) refundsOnly(orders).count(),
                    refundsOnly(orders).mapToLong(Refund::paidBackMinor).sum());
        });
    }

    private static Map<String, Integer> returnsByStatus(List<PlacedOrder> orders) {
        Map<String, Integer> counts = new TreeMap<>();
        orders.forEach(order ->
                order.returns().forEach(goods -> counts.merge(goods.status().name(), 1, Integer::sum)));
        return counts;
    }

    private static Stream<Refund> refundsOnly(List<PlacedOrder> orders) {
        return orders.stream().flatMap(order -> order.refunds().stream()).filter(refund -> !refund.byCancellation());
    }

    private List<Control.Refund> refunds() {
        return shop.orders().stream()
                .flatMap(order -> order.refunds().stream().map(refund -> refund(order, refund)))
                .toList();
    }

    private Control.Refund refund(PlacedOrder order, Refund refund) {
        return new Control.Refund(
                shop.profile().name(),
                refund.gid(),
                Long.toString(order.id()),
                refund.createdAt(),
                refund.note(),
                refund.paidBackMinor(),
                refund.shippingMinor(),
                refund.byCancellation(),
                refund.units().stream()
                        .map(units -> new Control.RefundedLine(
                                Long.toString(units.lineId()),
                                sku(order, units.lineId()),
                                units.quantity(),
                                units.restock().name(),
                                units.subtotalMinor(),
                                units.taxMinor()))
                        .toList());
    }

    private List<Control.Return> returns() {
        return shop.orders().stream()
                .flatMap(order -> order.returns().stream()
                        .map(goods -> goodsReturn(shop.profile().name(), order, goods)))
                .toList();
    }

    static Control.Return goodsReturn(String shop, PlacedOrder order, GoodsReturn goods) {
        return new Control.Return(
                shop,
                Long.toString(goods.id()),
                goods.gid(),
                goods.name(),
                Long.toString(order.id()),
                goods.status().name(),
                goods.createdAt(),
                goods.lines().stream()
                        .map(line -> new Control.ReturnedLine(
                                Gid.of("ReturnLineItem", line.id()),
                                Long.toString(line.lineId()),
                                sku(order, line.lineId()),
                                line.quantity(),
                                line.reason().name()))
                        .toList());
    }

    private static String sku(PlacedOrder order, long lineId) {
        return order.line(lineId).map(line -> line.variant().sku()).orElse("");
    }

    private Control.ListedProduct product(Product product) {
        return new Control.ListedProduct(
                shop.profile().name(),
                product.gid(),
                product.handle(),
                product.title(),
                product.status().name(),
                product.descriptionHtml(),
                product.productType(),
                product.vendor(),
                product.images().stream().map(Product.Image::source).toList(),
                shop.variantsOf(product).stream()
                        .map(variant -> new Control.ListedVariant(
                                variant.gid(),
                                variant.inventoryItemGid(),
                                variant.title(),
                                variant.sku(),
                                variant.barcode(),
                                variant.priceMinor(),
                                variant.tracked(),
                                shop.levels(variant.inventoryItemId()).stream()
                                        .map(level -> Gid.of("Location", level.locationId()))
                                        .toList()))
                        .toList());
    }

    private static Control.Messages messages(WebhookCounts counts) {
        return new Control.Messages(
                counts.messages(),
                counts.accepted(),
                counts.lost(),
                counts.abandoned(),
                counts.pending(),
                counts.deliveries(),
                counts.refused(),
                counts.duplicatesInjected(),
                counts.reordered());
    }

    private Control.Part<Control.Order> orders(int after) {
        return part(shop.orders(), after, this::order);
    }

    private Control.Order order(String id) {
        OptionalLong number = BuyerEdge.id("Order", id);
        return (number.isEmpty() ? Optional.<PlacedOrder>empty() : shop.order(number.getAsLong()))
                .map(this::order)
                .orElseThrow(() -> new Answers.Refused(404, "there is no order " + id));
    }

    private Control.Order order(PlacedOrder order) {
        Cancellation cancellation = order.cancellation();
        return new Control.Order(
                shop.profile().name(),
                Long.toString(order.id()),
                order.gid(),
                order.name(),
                state(order),
                order.createdAt(),
                order.updatedAt(),
                order.totalMinor(),
                lines(order),
                order.fulfillments().stream()
                        .map(parcel -> new Control.Parcel(
                                parcel.gid(),
                                parcel.tracking().company(),
                                parcel.tracking().number(),
                                parcel.totalQuantity(),
                                parcel.createdAt()))
                        .toList(),
                cancellation == null ? null : cancellation.reason(),
                cancellation == null ? null : cancellation.bySeller());
    }

    private static String state(PlacedOrder order) {
        if (order.cancelled()) {
            return "CANCELLED";
        }
        return order.fulfillmentStatus().equals("UNFULFILLED") ? "OPEN" : order.fulfillmentStatus();
    }

    private static List<Control.OrderLine> lines(PlacedOrder order) {
        return order.lines().stream()
                .map(line -> new Control.OrderLine(
                        Long.toString(line.id()),
                        line.variant().sku(),
                        line.variant().gid(),
                        line.quantity(),
                        order.shippedUnits(line.id()),
                        order.cancelled() ? line.quantity() : calledOff(order, line.id())))
                .toList();
    }

    /// Units a refund took off the order before they were shipped.
    private static int calledOff(PlacedOrder order, long lineId) {
        return order.refunds().stream()
                .flatMap(refund -> refund.units().stream())
                .filter(units -> units.lineId() == lineId && units.restock() == Refund.Restock.CANCEL)
                .mapToInt(Refund.Units::quantity)
                .sum();
    }

    private List<Control.Shown> shown() {
        return shop.locked(() -> shop.levels().stream().map(this::shown).toList());
    }

    private Control.Shown shown(Level level) {
        return new Control.Shown(
                shop.profile().name(),
                shop.variantOfItem(level.inventoryItemId()).map(Variant::sku).orElse(""),
                Gid.of("InventoryItem", level.inventoryItemId()),
                Gid.of("Location", level.locationId()),
                level.available(),
                level.committed(),
                level.onHand());
    }

    private Control.Shown sabotage(Control.Sabotage wanted) {
        return shop.locked(() -> {
            Variant variant = shop.variantOfSku(wanted.sku())
                    .orElseThrow(() -> new Answers.Refused(404, "this shop does not sell " + wanted.sku()));
            Level level = shop.levels(variant.inventoryItemId()).stream()
                    .filter(each -> wanted.locationId() == null
                            || Gid.of("Location", each.locationId()).equals(wanted.locationId()))
                    .findFirst()
                    .orElseThrow(() -> new Answers.Refused(404, wanted.sku() + " is not stocked there"));
            Level changed = shop.show(level.inventoryItemId(), level.locationId(), wanted.quantity());
            shop.record(new StockWrite(
                    shop.exactly(),
                    level.inventoryItemId(),
                    variant.sku(),
                    level.locationId(),
                    level.available(),
                    changed.available(),
                    null,
                    wanted.quantity(),
                    null,
                    null,
                    "SABOTAGE"));
            return shown(changed);
        });
    }

    private Control.Write write(StockWrite write) {
        return new Control.Write(
                shop.profile().name(),
                write.sku(),
                Gid.of("InventoryItem", write.inventoryItemId()),
                Gid.of("Location", write.locationId()),
                write.at(),
                write.before(),
                write.after(),
                write.changeFrom(),
                write.wanted(),
                write.referenceDocumentUri(),
                write.idempotencyKey(),
                write.result());
    }

    private List<Control.Sale> sales() {
        return shop.shownChanges().stream()
                .map(change -> new Control.Sale(
                        shop.profile().name(),
                        Long.toString(change.orderId()),
                        change.sku(),
                        Gid.of("Location", change.locationId()),
                        change.at(),
                        change.units(),
                        change.availableAfter()))
                .toList();
    }

    private List<Control.Webhook> webhooks(HttpExchange exchange) {
        Optional<String> orderId = query(exchange, "orderId");
        return simulated.outbound().messages().stream()
                .filter(state -> orderId.isEmpty()
                        || Long.toString(state.message().orderId()).equals(orderId.get()))
                .map(ControlEdge::webhook)
                .toList();
    }

    private static Control.Webhook webhook(MessageState state) {
        return new Control.Webhook(
                state.message().shop(),
                state.message().webhookId().toString(),
                state.message().eventId().toString(),
                state.message().topic(),
                Long.toString(state.message().orderId()),
                state.message().target().toString(),
                state.message().headers(),
                state.message().body(),
                state.message().triggeredAt(),
                state.acceptedAt(),
                state.status().name(),
                state.fate().duplicated(),
                state.fate().reordered(),
                state.deliveries(),
                state.lastAnswer());
    }

    private Control.Redelivery redeliver(List<String> what) {
        if (!what.get(2).equals("delivery")) {
            throw new Answers.Refused(404, "a webhook has no " + what.get(2));
        }
        try {
            return simulated
                    .outbound()
                    .redeliver(UUID.fromString(what.get(1)))
                    .map(answer -> new Control.Redelivery(what.get(1), answer))
                    .orElseThrow(() -> new Answers.Refused(404, "there is no webhook " + what.get(1)));
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, what.get(1) + " is not a webhook id");
        }
    }

    /// What buyers gave of themselves and must not be found in the clear: mail, telephone, street line,
    /// full name.
    private List<String> people() {
        Set<String> personal = new LinkedHashSet<>();
        shop.orders()
                .forEach(order -> personal.addAll(List.of(
                        order.buyer().email(),
                        order.buyer().phone(),
                        order.buyer().address1(),
                        order.buyer().name())));
        return List.copyOf(personal);
    }

    private static int after(HttpExchange exchange) {
        return query(exchange, "after")
                .map(text -> {
                    OptionalLong number = BuyerEdge.number(text);
                    if (number.isEmpty() || number.getAsLong() < 0 || number.getAsLong() > Integer.MAX_VALUE) {
                        throw new Answers.Refused(400, "after must be the next of an earlier part");
                    }
                    return (int) number.getAsLong();
                })
                .orElse(0);
    }

    private static Optional<String> query(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(pair.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static <T> Control.Part<T> part(List<T> all, int after) {
        return part(all, after, each -> each);
    }

    private static <S, T> Control.Part<T> part(List<S> all, int after, java.util.function.Function<S, T> writer) {
        int from = Math.min(after, all.size());
        int to = Math.min(from + PART, all.size());
        return new Control.Part<>(
                all.subList(from, to).stream().map(writer).toList(), to < all.size() ? Integer.toString(to) : null);
    }
}
