package io.hubline.sandbox.shopify;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.shopify.store.BuyOutcome;
import io.hubline.sandbox.shopify.store.Buyer;
import io.hubline.sandbox.shopify.store.CancelOutcome;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.ReturnOutcome;
import io.hubline.sandbox.shopify.store.ReturnWish;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.Variant;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The storefront: what a buyer may do without an account. These calls are the simulator's own, not the
/// vendor's.
final class BuyerEdge {

    private static final int MOST_LINES = 50;
    private static final int MOST_UNITS = 10_000;

    private BuyerEdge() {}

    /// A basket. Who buys is drawn from the seed; what `buyer` says instead of that wins.
    record Basket(
            @Nullable List<Line> lines,
            @Nullable Person buyer,
            @Nullable String note) {}

    /// A line names its variant by SKU or by id.
    record Line(@Nullable String sku, @Nullable String variantId, int quantity) {}

    record Person(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String address1,
            @Nullable String city,
            @Nullable String province,
            @Nullable String provinceCode,
            @Nullable String zip,
            @Nullable String country,
            @Nullable String countryCode) {}

    record Receipt(String id, String gid, String name, String createdAt, String total, List<ReceiptLine> lines) {}

    record ReceiptLine(String lineItemId, String sku, String variantId, int quantity) {}

    /// Units that are to come back, and what is wrong with them: one of the vendor's reasons. `note` may be
    /// left out.
    record ReturnRequest(@Nullable List<ReturnLine> lines) {}

    record ReturnLine(
            @Nullable String lineItemId,
            int quantity,
            @Nullable String reason,
            @Nullable String note) {}

    /// An order as its buyer sees it: what has been sent, and what of that is on its way back.
    record Standing(String id, String gid, String name, boolean cancelled, List<StandingLine> lines) {}

    record StandingLine(String lineItemId, String sku, int quantity, int shipped, int returned) {}

    /// `GET /buyer/orders/{id}`: 200, or 404.
    static void look(HttpExchange exchange, SimulatedShop shop, String orderId) throws IOException {
        Answers.demand(exchange, "GET");
        PlacedOrder order = order(shop, orderId);
        Answers.send(
                exchange,
                200,
                new Standing(
                        Long.toString(order.id()),
                        order.gid(),
                        order.name(),
                        order.cancelled(),
                        order.lines().stream()
                                .map(line -> new StandingLine(
                                        Long.toString(line.id()),
                                        line.variant().sku(),
                                        line.quantity(),
                                        order.shippedUnits(line.id()),
                                        order.returns().stream()
                                                .filter(GoodsReturn::claims)
                                                .flatMap(goods -> goods.lines().stream())
                                                .filter(each -> each.lineId() == line.id())
                                                .mapToInt(GoodsReturn.Line::quantity)
                                                .sum()))
                                .toList()));
    }

    /// `POST /buyer/orders/{id}/returns`: 201 with the request, or 422 when these units cannot come back.
    static void requestReturn(HttpExchange exchange, SimulatedShop shop, String orderId) throws IOException {
        beginReturn(exchange, shop, orderId, true);
    }

    /// The same by the seller, whose returns need no answer and are open at once.
    static void openReturn(HttpExchange exchange, SimulatedShop shop, String orderId) throws IOException {
        beginReturn(exchange, shop, orderId, false);
    }

    private static void beginReturn(HttpExchange exchange, SimulatedShop shop, String orderId, boolean byBuyer)
            throws IOException {
        Answers.demand(exchange, "POST");
        ReturnRequest wanted = Answers.body(exchange, ReturnRequest.class);
        Shop store = shop.shop();
        ReturnOutcome outcome = store.locked(() -> {
            PlacedOrder order = order(shop, orderId);
            List<ReturnWish> wishes = wishes(store, order, wanted, byBuyer);
            return byBuyer ? store.requestReturn(order.id(), wishes) : store.openReturn(order.id(), wishes);
        });
        switch (outcome) {
            case ReturnOutcome.Done(PlacedOrder order, GoodsReturn goods) ->
                Answers.send(
                        exchange, 201, ControlEdge.goodsReturn(shop.config().name(), order, goods));
            case ReturnOutcome.Refused refused -> Answers.refuse(exchange, 422, refused.why());
        }
    }

    private static List<ReturnWish> wishes(Shop shop, PlacedOrder order, ReturnRequest wanted, boolean byBuyer) {
        List<ReturnLine> lines = wanted.lines();
        if (lines == null || lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new Answers.Refused(400, "lines must have 1 to %d entries".formatted(MOST_LINES));
        }
        List<ReturnWish> wishes = new ArrayList<>();
        for (ReturnLine line : lines) {
            if (line.quantity() < 1 || line.quantity() > MOST_UNITS) {
                throw new Answers.Refused(400, "quantity must be 1 to %d".formatted(MOST_UNITS));
            }
            OptionalLong id = id("LineItem", String.valueOf(line.lineItemId()));
            if (id.isEmpty() || order.line(id.getAsLong()).isEmpty()) {
                throw new Answers.Refused(422, "the order has no line " + line.lineItemId());
            }
            List<ReturnWish> parts = shop.wishes(
                    order,
                    id.getAsLong(),
                    line.quantity(),
                    reason(line.reason()),
                    line.note() == null ? "" : line.note(),
                    byBuyer);
            if (parts.isEmpty()) {
                throw new Answers.Refused(422, "nothing of line %s has been shipped".formatted(line.lineItemId()));
            }
            wishes.addAll(parts);
        }
        return wishes;
    }

    private static GoodsReturn.Reason reason(@Nullable String name) {
        try {
            return GoodsReturn.Reason.valueOf(String.valueOf(name));
        } catch (IllegalArgumentException unknown) {
            throw new Answers.Refused(400, "reason must be one of " + Arrays.toString(GoodsReturn.Reason.values()));
        }
    }

    private static PlacedOrder order(SimulatedShop shop, String orderId) {
        OptionalLong id = id("Order", orderId);
        return (id.isEmpty() ? Optional.<PlacedOrder>empty() : shop.shop().order(id.getAsLong()))
                .orElseThrow(() -> new Answers.Refused(404, "there is no order " + orderId));
    }

    /// `POST /buyer/orders`: 201 with a receipt, or 422 with what is sold out.
    static void buy(HttpExchange exchange, SimulatedShop shop) throws IOException {
        Answers.demand(exchange, "POST");
        Basket basket = Answers.body(exchange, Basket.class);
        List<Shop.Wanted> wanted = wanted(shop, basket);
        Buyer buyer = buyer(shop.people().person(shop.buyers().incrementAndGet()), basket.buyer());
        switch (shop.shop().buy(wanted, buyer, basket.note())) {
            case BuyOutcome.Bought(PlacedOrder order) -> Answers.send(exchange, 201, receipt(order));
            case BuyOutcome.SoldOut(List<BuyOutcome.Shortage> shortages) ->
                Answers.send(exchange, 422, Map.of("error", "sold out", "shortages", shortages));
            case BuyOutcome.NotSold(String what) ->
                Answers.refuse(exchange, 422, what + " is not stocked anywhere in this shop");
        }
    }

    /// `POST /buyer/orders/{id}/cancellation`: 200, or 409 when it is too late.
    static void cancel(HttpExchange exchange, SimulatedShop shop, String orderId) throws IOException {
        Answers.demand(exchange, "POST");
        OptionalLong id = number(orderId);
        CancelOutcome outcome = id.isEmpty()
                ? new CancelOutcome.NoSuchOrder()
                : shop.shop().cancel(id.getAsLong(), "CUSTOMER", true, false, null);
        switch (outcome) {
            case CancelOutcome.Cancelled(PlacedOrder order) -> Answers.send(exchange, 200, receipt(order));
            case CancelOutcome.NoSuchOrder() -> Answers.refuse(exchange, 404, "there is no order " + orderId);
            case CancelOutcome.TooLate(String why) -> Answers.refuse(exchange, 409, why);
        }
    }

    private static List<Shop.Wanted> wanted(SimulatedShop shop, Basket basket) {
        List<Line> lines = basket.lines();
        if (lines == null || lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new Answers.Refused(400, "lines must have 1 to %d entries".formatted(MOST_LINES));
        }
        List<Shop.Wanted> wanted = new ArrayList<>();
        for (Line line : lines) {
            if (line.quantity() < 1 || line.quantity() > MOST_UNITS) {
                throw new Answers.Refused(400, "quantity must be 1 to %d".formatted(MOST_UNITS));
            }
            wanted.add(new Shop.Wanted(variant(shop, line), line.quantity()));
        }
        return wanted;
    }

    private static Variant variant(SimulatedShop shop, Line line) {
        String sku = line.sku();
        String variantId = line.variantId();
        if ((sku == null) == (variantId == null)) {
            throw new Answers.Refused(400, "a line names either a sku or a variantId");
        }
        Optional<Variant> variant;
        if (sku != null) {
            variant = shop.shop().variantOfSku(sku);
        } else {
            OptionalLong id = id("ProductVariant", String.valueOf(variantId));
            variant = id.isEmpty() ? Optional.empty() : shop.shop().variant(id.getAsLong());
        }
        return variant.orElseThrow(
                () -> new Answers.Refused(422, "this shop does not sell " + (sku == null ? variantId : sku)));
    }

    /// A number as it is, or the one inside a global id of the type.
    static OptionalLong id(String type, String text) {
        OptionalLong inside = Gid.parse(type, text);
        return inside.isPresent() ? inside : number(text);
    }

    static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    private static Buyer buyer(Buyer drawn, @Nullable Person wanted) {
        if (wanted == null) {
            return drawn;
        }
        return new Buyer(
                either(wanted.firstName(), drawn.firstName()),
                either(wanted.lastName(), drawn.lastName()),
                either(wanted.email(), drawn.email()),
                either(wanted.phone(), drawn.phone()),
                either(wanted.address1(), drawn.address1()),
                either(wanted.city(), drawn.city()),
                either(wanted.province(), drawn.province()),
                either(wanted.provinceCode(), drawn.provinceCode()),
                either(wanted.zip(), drawn.zip()),
                either(wanted.country(), drawn.country()),
                either(wanted.countryCode(), drawn.countryCode()));
    }

    private static String either(@Nullable String wanted, String drawn) {
        return wanted == null ? drawn : wanted;
    }

    private static Receipt receipt(PlacedOrder order) {
        return new Receipt(
                Long.toString(order.id()),
                order.gid(),
                order.name(),
                order.createdAt().toString(),
                order.money(order.totalMinor()).restText(),
                order.lines().stream()
                        .map(line -> new ReceiptLine(
                                Long.toString(line.id()),
                                line.variant().sku(),
                                line.variant().gid(),
                                line.quantity()))
                        .toList());
    }
}
