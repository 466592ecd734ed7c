package io.hubline.sandbox.shopify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bodies of the control API: how the demo sets a shop up, makes things go wrong, and counts for
/// itself.
///
/// Ids are global ids where the vendor has them; an order's `id` is its bare number as text.
public final class Control {

    private Control() {}

    /// What a shop is to sell. A SKU it sells already is refused; a location it has already is used.
    public record Catalogue(List<NewProduct> products) {

        public Catalogue {
            products = List.copyOf(products);
        }
    }

    public record NewProduct(String title, String vendor, List<NewVariant> variants) {

        public NewProduct {
            variants = List.copyOf(variants);
        }
    }

    /// `policy` is `DENY` (the default) or `CONTINUE`; the price is in minor units.
    public record NewVariant(
            String sku,
            String title,
            long priceMinor,
            @Nullable String policy,
            List<NewStock> stock) {

        public NewVariant {
            stock = List.copyOf(stock);
        }
    }

    /// The number shown at a location when the shop opens.
    public record NewStock(String location, int available) {}

    /// A sold variant with all its ids.
    public record Listed(
            String shop,
            String sku,
            String productId,
            String variantId,
            String inventoryItemId,
            long priceMinor,
            List<Stocked> stock) {

        public Listed {
            stock = List.copyOf(stock);
        }
    }

    public record Stocked(String location, String locationId, int available) {}

    /// Everything that can go wrong, in percent of webhook messages or of API calls.
    public record Faults(
            double duplicatePercent,
            double reorderPercent,
            double lostPercent,
            double throttlePercent,
            double unansweredPercent,
            double brokenPercent,
            int extraLatencyMillis) {

        public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0);

        public static Faults webhooks(double duplicatePercent, double reorderPercent, double lostPercent) {
            return new Faults(duplicatePercent, reorderPercent, lostPercent, 0, 0, 0, 0);
        }
    }

    /// A shop's own count of what happened in it, independent of anybody it told. Refunds that came with a
    /// cancellation are not counted here: the cancellation is.
    public record Tally(
            String shop,
            int ordersPlaced,
            int ordersCancelled,
            int ordersCancelledBySeller,
            int ordersFulfilled,
            int ordersOpen,
            long soldOutCheckouts,
            Messages messages,
            List<SkuTally> skus,
            int products,
            Map<String, Integer> returnsByStatus,
            int refunds,
            long refundedMinor) {

        public Tally {
            skus = List.copyOf(skus);
            returnsByStatus = Map.copyOf(returnsByStatus);
        }
    }

    /// Webhooks, counted exactly: `messages` is `accepted + lost + abandoned + pending`. See
    /// `WebhookCounts`.
    public record Messages(
            long messages,
            long accepted,
            long lost,
            long abandoned,
            long pending,
            long deliveries,
            long refused,
            long duplicatesInjected,
            long reordered) {}

    /// Units of one SKU. A cancelled unit is also a bought one; a shipped one too.
    public record SkuTally(String sku, long boughtUnits, long cancelledUnits, long shippedUnits) {}

    /// One order; `state` is `OPEN`, `PARTIALLY_FULFILLED`, `FULFILLED` or `CANCELLED`, and `totalMinor`
    /// what the buyer paid.
    public record Order(
            String shop,
            String id,
            String gid,
            String name,
            String state,
            Instant createdAt,
            Instant updatedAt,
            long totalMinor,
            List<OrderLine> lines,
            List<Parcel> parcels,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String cancelReason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean cancelledBySeller) {

        public Order {
            lines = List.copyOf(lines);
            parcels = List.copyOf(parcels);
        }
    }

    public record OrderLine(
            String lineItemId, String sku, String variantId, int quantity, int shipped, int cancelled) {}

    public record Parcel(
            String id, @Nullable String company, @Nullable String number, int units, Instant createdAt) {}

    /// Money given back. `byCancellation` marks what calling a paid order off brings along; amounts are in
    /// minor units, and `amountMinor` is what the buyer got.
    public record Refund(
            String shop,
            String id,
            String orderId,
            Instant at,
            @Nullable String note,
            long amountMinor,
            long shippingMinor,
            boolean byCancellation,
            List<RefundedLine> lines) {

        public Refund {
            lines = List.copyOf(lines);
        }
    }

    /// Refunded units of an order line. `restock` is `NO_RESTOCK`, `RETURN` or `CANCEL`; the price and the
    /// tax are what the buyer had paid for them.
    public record RefundedLine(
            String lineItemId, String sku, int quantity, String restock, long priceMinor, long taxMinor) {}

    /// Goods on their way back. `status` is `REQUESTED`, `OPEN`, `CLOSED`, `CANCELED` or `DECLINED`.
    public record Return(
            String shop,
            String id,
            String gid,
            String name,
            String orderId,
            String status,
            Instant createdAt,
            List<ReturnedLine> lines) {

        public Return {
            lines = List.copyOf(lines);
        }
    }

    public record ReturnedLine(String returnLineItemId, String lineItemId, String sku, int quantity, String reason) {}

    /// What a seller takes back without being asked; the reasons are the vendor's.
    public record NewReturn(List<NewReturnLine> lines) {

        public NewReturn {
            lines = List.copyOf(lines);
        }
    }

    public record NewReturnLine(
            String lineItemId,
            int quantity,
            String reason,
            @Nullable String note) {}

    /// A product as it stands in the shop.
    public record ListedProduct(
            String shop,
            String id,
            String handle,
            String title,
            String status,
            String descriptionHtml,
            String productType,
            String vendor,
            List<String> images,
            List<ListedVariant> variants) {

        public ListedProduct {
            images = List.copyOf(images);
            variants = List.copyOf(variants);
        }
    }

    /// A variant of it; `locations` are those where its item is stocked.
    public record ListedVariant(
            String variantId,
            String inventoryItemId,
            String title,
            String sku,
            @Nullable String barcode,
            long priceMinor,
            boolean tracked,
            List<String> locations) {

        public ListedVariant {
            locations = List.copyOf(locations);
        }
    }

    /// A number a shop shows now.
    public record Shown(
            String shop,
            String sku,
            String inventoryItemId,
            String locationId,
            int available,
            int committed,
            int onHand) {}

    /// Sets a shown number behind everybody's back. Without a location the SKU's only one is meant.
    public record Sabotage(String sku, @Nullable String locationId, int quantity) {}

    /// One attempt to change a shown number from outside. `result` is `APPLIED`, `UNCHANGED`, `SABOTAGE` or
    /// an error code; `from` and `to` are what was shown before and after.
    public record Write(
            String shop,
            String sku,
            String inventoryItemId,
            String locationId,
            Instant at,
            int from,
            int to,
            @Nullable Integer changeFromQuantity,
            int wanted,
            @Nullable String referenceDocumentUri,
            @Nullable String idempotencyKey,
            String result) {}

    /// One change of a shown number by trade: negative units are a sale, positive a restock.
    public record Sale(
            String shop, String orderId, String sku, String locationId, Instant at, int units, int availableAfter) {}

    /// One webhook message with all that is needed to post it again by hand. `status` is `PENDING`,
    /// `ACCEPTED`, `LOST` or `ABANDONED`.
    public record Webhook(
            String shop,
            String webhookId,
            String eventId,
            String topic,
            String orderId,
            String target,
            Map<String, String> headers,
            String body,
            Instant triggeredAt,
            @Nullable Instant acceptedAt,
            String status,
            boolean duplicated,
            boolean reordered,
            int deliveries,
            int lastAnswer) {}

    /// How a message sent again was answered; 0 when nobody answered.
    public record Redelivery(String webhookId, int answer) {}

    /// A part of a long list, and how to ask for the rest; no `next` on the last part.
    public record Part<T>(List<T> items, @Nullable String next) {

        public Part {
            items = List.copyOf(items);
        }
    }
}
