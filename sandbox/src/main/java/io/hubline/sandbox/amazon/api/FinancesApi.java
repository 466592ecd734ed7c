package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.api.PageTokens.Place;
import io.hubline.sandbox.amazon.api.PageTokens.Position;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.OrderItem.Amounts;
import io.hubline.sandbox.amazon.store.PlacedOrder;
import io.hubline.sandbox.amazon.store.Posting;
import io.hubline.sandbox.amazon.store.Posting.Kind;
import io.hubline.sandbox.amazon.store.Posting.Part;
import io.hubline.sandbox.amazon.store.Seller;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Finances 2024-06-19, transactions only. A shipment brings in what the buyer paid less the vendor's
/// referral fee; a refund takes out what the buyer got back, and returns its share of the fee.
final class FinancesApi {

    private static final int PER_PAGE = 100;
    private static final long FEE_PERCENT = 15;
    private static final Duration OLDER_THAN = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofDays(180);
    private static final Set<String> STATUSES = Set.of("DEFERRED", "RELEASED", "DEFERRED_RELEASED");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Seller seller;
    private final Marketplace marketplace;
    private final PageTokens tokens;

    FinancesApi(Seller seller, PageTokens tokens) {
        this.seller = seller;
        this.marketplace = seller.marketplace();
        this.tokens = tokens;
    }

    /// Which postings are asked for.
    private record Window(Instant from, Instant until) {

        boolean has(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    ApiAnswer list(Query query) {
        query.allow(
                "postedAfter",
                "postedBefore",
                "marketplaceId",
                "transactionStatus",
                "relatedIdentifierName",
                "relatedIdentifierValue",
                "nextToken");
        String name = query.one("relatedIdentifierName", Set.of("ORDER_ID", "FINANCIAL_EVENT_GROUP_ID"));
        String value = query.one("relatedIdentifierValue");
        if ((name == null) != (value == null)) {
            throw ApiError.invalid("Invalid Input: relatedIdentifierName and relatedIdentifierValue go together.");
        }
        Window window = window(query, name != null);
        String place = query.one("marketplaceId");
        String status = query.one("transactionStatus", STATUSES);
        boolean none = (place != null && !place.equals(marketplace.id()))
                || (status != null && !status.equals("RELEASED"))
                || "FINANCIAL_EVENT_GROUP_ID".equals(name);
        String asked = query.without("nextToken");
        String token = query.one("nextToken");
        Place after = token == null ? null : tokens.redeem("nextToken", token, asked);
        List<Posting> found = none
                ? List.of()
                : seller.postings().stream()
                        .filter(posting -> value == null || posting.orderId().equals(value))
                        .filter(posting -> window.has(posting.postedAt()))
                        .sorted(Comparator.comparing(FinancesApi::position))
                        .filter(posting -> after == null || position(posting).compareTo(after.after()) > 0)
                        .toList();
        List<Posting> page = found.subList(0, Math.min(PER_PAGE, found.size()));
        ObjectNode body = JSON.objectNode();
        ObjectNode payload = body.putObject("payload");
        if (page.size() < found.size()) {
            payload.put("nextToken", tokens.issue(asked, window.until(), position(page.getLast())));
        }
        ArrayNode transactions = payload.putArray("transactions");
        page.forEach(posting -> transactions.add(transaction(posting)));
        return ApiAnswer.ok(body);
    }

    private static Position position(Posting posting) {
        return new Position(posting.postedAt(), posting.transactionId());
    }

    /// Without a related identifier a start is demanded; what is asked for must be over for two minutes.
    private Window window(Query query, boolean related) {
        Instant after = query.instant("postedAfter");
        Instant before = query.instant("postedBefore");
        if (after == null && !related) {
            throw ApiError.invalid("Invalid Input: postedAfter is required without a related identifier.");
        }
        Instant latest = seller.now().minus(OLDER_THAN);
        if (after != null && !after.isBefore(latest)) {
            throw ApiError.invalid("Invalid Input: postedAfter must be more than two minutes before the request.");
        }
        if (before != null && (!before.isBefore(latest) || (after != null && !before.isAfter(after)))) {
            throw ApiError.invalid("Invalid Input: postedBefore must be after postedAfter and more than two minutes"
                    + " before the request.");
        }
        Instant from = after == null ? Instant.EPOCH : after;
        Instant usual = related && after == null ? Instant.MAX : latest;
        Instant until = before == null ? usual : before;
        return after != null && Duration.between(from, until).compareTo(LONGEST) > 0
                ? new Window(until, until)
                : new Window(from, until);
    }

    private ObjectNode transaction(Posting posting) {
        boolean refund = posting.kind() == Kind.REFUND;
        long total =
                posting.parts().stream().mapToLong(part -> net(posting, part)).sum();
        ObjectNode shown = JSON.objectNode();
        shown.putObject("sellingPartnerMetadata")
                .put("sellingPartnerId", seller.sellerId())
                .put("accountType", "PAYABLE")
                .put("marketplaceId", marketplace.id());
        ArrayNode related = shown.putArray("relatedIdentifiers");
        related.addObject().put("relatedIdentifierName", "ORDER_ID").put("relatedIdentifierValue", posting.orderId());
        related.addObject()
                .put("relatedIdentifierName", refund ? "REFUND_ID" : "SHIPMENT_ID")
                .put("relatedIdentifierValue", posting.reference());
        shown.put("transactionType", refund ? "Refund" : "Shipment")
                .put("transactionId", posting.transactionId())
                .put("transactionStatus", "RELEASED")
                .put("description", refund ? "Refund Order" : "Order Payment")
                .put("postedDate", posting.postedAt().toString());
        shown.set("totalAmount", money(total));
        shown.putObject("marketplaceDetails")
                .put("marketplaceId", marketplace.id())
                .put("marketplaceName", marketplace.storeName());
        ArrayNode items = shown.putArray("items");
        posting.parts().forEach(part -> items.add(item(posting, part)));
        Amounts all = posting.parts().stream()
                .map(Part::amounts)
                .reduce(
                        Amounts.NONE,
                        (one, other) -> new Amounts(
                                one.price() + other.price(),
                                one.tax() + other.tax(),
                                one.shipping() + other.shipping()));
        long fees = posting.parts().stream().mapToLong(part -> fee(part)).sum();
        shown.set("breakdowns", breakdowns(refund ? -1 : 1, all, fees));
        return shown;
    }

    private ObjectNode item(Posting posting, Part part) {
        boolean refund = posting.kind() == Kind.REFUND;
        ObjectNode shown = JSON.objectNode().put("description", part.item().title());
        shown.putArray("relatedIdentifiers")
                .addObject()
                .put("itemRelatedIdentifierName", "ORDER_ADJUSTMENT_ITEM_ID")
                .put("itemRelatedIdentifierValue", part.item().id());
        shown.set("totalAmount", money(net(posting, part)));
        shown.set("breakdowns", breakdowns(refund ? -1 : 1, part.amounts(), fee(part)));
        ObjectNode context = shown.putArray("contexts")
                .addObject()
                .put("contextType", "ProductContext")
                .put("asin", part.item().asin())
                .put("sku", part.item().sku());
        context.put("quantityShipped", part.units())
                .put(
                        "fulfillmentNetwork",
                        seller.order(posting.orderId())
                                        .map(PlacedOrder::byAmazon)
                                        .orElse(false)
                                ? "AFN"
                                : "MFN");
        return shown;
    }

    private ArrayNode breakdowns(int sign, Amounts amounts, long fee) {
        ArrayNode shown = JSON.arrayNode();
        ArrayNode sales = group(shown, "Sales", sign * amounts.total());
        leaf(sales, "ProductCharges", sign * amounts.price());
        if (amounts.tax() != 0) {
            leaf(sales, "Tax", sign * amounts.tax());
        }
        if (amounts.shipping() != 0) {
            leaf(sales, "Shipping", sign * amounts.shipping());
        }
        leaf(group(shown, "Expenses", -sign * fee), "AmazonFees", -sign * fee);
        return shown;
    }

    private ArrayNode group(ArrayNode parent, String type, long minor) {
        ObjectNode group = parent.addObject().put("breakdownType", type);
        group.set("breakdownAmount", money(minor));
        return group.putArray("breakdowns");
    }

    private void leaf(ArrayNode parent, String type, long minor) {
        group(parent, type, minor);
    }

    private static long net(Posting posting, Part part) {
        long inward = part.amounts().total() - fee(part);
        return posting.kind() == Kind.REFUND ? -inward : inward;
    }

    private static long fee(Part part) {
        long base = part.amounts().price() + part.amounts().shipping();
        return (base * FEE_PERCENT + 50) / 100;
    }

    private ObjectNode money(long minor) {
        ObjectNode money = JSON.objectNode().put("currencyCode", marketplace.currency());
        money.put("currencyAmount", marketplace.major(minor));
        return money;
    }
}
