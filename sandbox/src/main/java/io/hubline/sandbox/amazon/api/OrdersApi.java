package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.api.PageTokens.Place;
import io.hubline.sandbox.amazon.api.PageTokens.Position;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.PlacedOrder;
import io.hubline.sandbox.amazon.store.Refusal;
import io.hubline.sandbox.amazon.store.Seller;
import io.hubline.sandbox.amazon.store.Shipment;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Orders 2026-01-01, and the shipment confirmation that stayed behind in v0.
final class OrdersApi {

    private static final int MOST_MARKETPLACES = 50;
    private static final int MOST_PER_PAGE = 100;
    private static final Duration BEFORE_IS_OLDER_THAN = Duration.ofMinutes(2);
    private static final Set<String> STATUSES = Set.of(
            "PENDING_AVAILABILITY",
            "PENDING",
            "UNSHIPPED",
            "PARTIALLY_SHIPPED",
            "SHIPPED",
            "CANCELLED",
            "UNFULFILLABLE");
    private static final Set<String> FULFILLERS = Set.of("MERCHANT", "AMAZON");

    private final Seller seller;
    private final PageTokens tokens;
    private final OrderView view;

    OrdersApi(Seller seller, PageTokens tokens) {
        this.seller = seller;
        this.tokens = tokens;
        this.view = new OrderView(seller.marketplace());
    }

    /// Which time of an order a search goes by.
    private enum By {
        CREATED("created", PlacedOrder::createdAt),
        UPDATED("lastUpdated", PlacedOrder::updatedAt);

        private final String prefix;

        @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
        private final Function<PlacedOrder, Instant> time;

        By(String prefix, Function<PlacedOrder, Instant> time) {
            this.prefix = prefix;
            this.time = time;
        }
    }

    ApiAnswer search(Query query) {
        query.allow(
                "createdAfter",
                "createdBefore",
                "lastUpdatedAfter",
                "lastUpdatedBefore",
                "fulfillmentStatuses",
                "marketplaceIds",
                "fulfilledBy",
                "maxResultsPerPage",
                "paginationToken",
                "includedData");
        By by = by(query);
        Instant after = query.instant(by.prefix + "After");
        Instant until = until(query, by, after);
        List<String> statuses = query.list("fulfillmentStatuses", STATUSES);
        List<String> fulfillers = query.list("fulfilledBy", FULFILLERS);
        List<String> marketplaces = marketplaces(query);
        List<String> included = query.list("includedData", IncludedData.NAMES);
        int most = query.number("maxResultsPerPage", 1, MOST_PER_PAGE, MOST_PER_PAGE);
        String asked = query.without("paginationToken");
        String token = query.one("paginationToken");
        Place place = token == null ? null : tokens.redeem("paginationToken", token, asked);
        Instant last = place == null ? until : place.until();

        List<PlacedOrder> found = seller.orders().stream()
                .filter(order -> !by.time.apply(order).isBefore(after)
                        && !by.time.apply(order).isAfter(last))
                .filter(order ->
                        statuses.isEmpty() || statuses.contains(order.status().name()))
                .filter(order -> fulfillers.isEmpty() || fulfillers.contains(order.byAmazon() ? "AMAZON" : "MERCHANT"))
                .filter(order -> marketplaces.isEmpty()
                        || marketplaces.contains(seller.marketplace().id()))
                .sorted((one, other) -> position(by, one).compareTo(position(by, other)))
                .filter(order -> place == null || position(by, order).compareTo(place.after()) > 0)
                .toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode orders = body.putArray("orders");
        List<PlacedOrder> page = found.subList(0, Math.min(most, found.size()));
        page.forEach(order -> orders.add(IncludedData.only(included, view.full(order))));
        if (page.size() < found.size()) {
            body.putObject("pagination").put("nextToken", tokens.issue(asked, last, position(by, page.getLast())));
        }
        body.put(by.prefix + "Before", last.toString());
        return ApiAnswer.ok(body);
    }

    private static Position position(By by, PlacedOrder order) {
        return new Position(by.time.apply(order), order.id());
    }

    private static By by(Query query) {
        boolean created = query.one("createdAfter") != null;
        boolean updated = query.one("lastUpdatedAfter") != null;
        if (created == updated) {
            throw ApiError.invalid("Invalid Input: exactly one of createdAfter and lastUpdatedAfter is required.");
        }
        By by = created ? By.CREATED : By.UPDATED;
        String other = (created ? By.UPDATED : By.CREATED).prefix + "Before";
        if (query.one(other) != null) {
            throw ApiError.invalid("Invalid Input: %s does not go with %sAfter.".formatted(other, by.prefix));
        }
        return by;
    }

    private Instant until(Query query, By by, @Nullable Instant after) {
        Instant before = query.instant(by.prefix + "Before");
        if (before == null) {
            return seller.now().minus(seller.settings().listedAfter());
        }
        if (after != null && before.isBefore(after)) {
            throw ApiError.invalid("Invalid Input: %1$sBefore is before %1$sAfter.".formatted(by.prefix));
        }
        if (before.isAfter(seller.now().minus(BEFORE_IS_OLDER_THAN))) {
            throw ApiError.invalid(
                    "Invalid Input: %sBefore must be at least two minutes before the time of the request."
                            .formatted(by.prefix));
        }
        return before;
    }

    private static List<String> marketplaces(Query query) {
        List<String> ids = query.list("marketplaceIds", MOST_MARKETPLACES);
        for (String id : ids) {
            if (Marketplace.of(id).isEmpty()) {
                throw ApiError.invalid("Invalid Input: '%s' is not a marketplace.".formatted(id));
            }
        }
        return ids;
    }

    ApiAnswer get(String orderId, Query query) {
        List<String> included = query.allow("includedData").list("includedData", IncludedData.NAMES);
        checkId(orderId);
        PlacedOrder order = seller.order(orderId)
                .orElseThrow(() -> ApiError.notFound("The order %s does not exist.".formatted(orderId)));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("order", IncludedData.only(included, view.full(order)));
        return ApiAnswer.ok(body);
    }

    private static void checkId(String orderId) {
        if (!orderId.matches("\\d{3}-\\d{7}-\\d{7}")) {
            throw ApiError.invalid("Invalid Input: '%s' is not an order id.".formatted(orderId));
        }
    }

    ApiAnswer confirm(String orderId, ApiCall call) {
        call.query().allow();
        checkId(orderId);
        JsonNode body = Bodies.object(call);
        Bodies.allow(body, "", Set.of("packageDetail", "codCollectionMethod", "marketplaceId"));
        String marketplaceId = Bodies.text(body, "", "marketplaceId");
        if (!body.path("codCollectionMethod").isMissingNode()) {
            throw ApiError.invalid("Invalid Input: codCollectionMethod is only for Japan.");
        }
        JsonNode detail = body.path("packageDetail");
        if (!detail.isObject()) {
            throw ApiError.invalid("Invalid Input: packageDetail is required.");
        }
        try {
            seller.confirm(orderId, shipment(marketplaceId, detail));
            return new ApiAnswer(204, null);
        } catch (Refusal refused) {
            throw refused.unknown() ? ApiError.notFound(refused.why()) : ApiError.invalid(refused.why());
        }
    }

    private static Shipment shipment(String marketplaceId, JsonNode detail) {
        String where = "packageDetail.";
        Bodies.allow(
                detail,
                where,
                Set.of(
                        "packageReferenceId",
                        "carrierCode",
                        "carrierName",
                        "shippingMethod",
                        "trackingNumber",
                        "shipDate",
                        "shipFromSupplySourceId",
                        "orderItems"));
        String reference = Bodies.text(detail, where, "packageReferenceId");
        if (!reference.matches("[1-9]\\d*")) {
            throw ApiError.invalid("Invalid Input: packageDetail.packageReferenceId must be a positive number.");
        }
        String carrier = Bodies.text(detail, where, "carrierCode");
        String carrierName = Bodies.optionalText(detail, where, "carrierName");
        if (carrier.equals("Other") && carrierName == null) {
            throw ApiError.invalid("Invalid Input: packageDetail.carrierName is required when carrierCode is Other.");
        }
        Bodies.optionalText(detail, where, "shipFromSupplySourceId");
        return new Shipment(
                marketplaceId,
                reference,
                carrier,
                carrierName,
                Bodies.optionalText(detail, where, "shippingMethod"),
                Bodies.text(detail, where, "trackingNumber"),
                date(Bodies.text(detail, where, "shipDate")),
                packed(detail.path("orderItems")));
    }

    private static Instant date(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiError.invalid("Invalid Input: packageDetail.shipDate '%s' is not ISO 8601.".formatted(text));
        }
    }

    private static List<Shipment.Packed> packed(JsonNode items) {
        if (!items.isArray() || items.isEmpty()) {
            throw ApiError.invalid("Invalid Input: packageDetail.orderItems must name at least one item.");
        }
        List<Shipment.Packed> packed = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : items) {
            String where = "packageDetail.orderItems[%d].".formatted(packed.size());
            Bodies.allow(item, where, Set.of("orderItemId", "quantity", "transparencyCodes"));
            String id = Bodies.text(item, where, "orderItemId");
            JsonNode quantity = item.path("quantity");
            if (!quantity.isInt() || quantity.intValue() < 1) {
                throw ApiError.invalid("Invalid Input: %squantity must be a positive whole number.".formatted(where));
            }
            if (!ids.add(id)) {
                throw ApiError.invalid("Invalid Input: %sorderItemId is repeated.".formatted(where));
            }
            packed.add(new Shipment.Packed(id, quantity.intValue()));
        }
        return packed;
    }
}
