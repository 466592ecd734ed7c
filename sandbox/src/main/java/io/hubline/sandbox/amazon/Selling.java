package io.hubline.sandbox.amazon;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bodies of the control API: how the demo sets an account up, makes things go wrong, and counts for
/// itself. Amounts are minor units.
public final class Selling {

    private Selling() {}

    /// Something to sell at once, without a submission. A SKU that is sold already is refused.
    ///
    /// @param byAmazon whether its stock lies with the vendor
    /// @param productType the vendor's name of the product type; `PRODUCT` when not given
    public record NewListing(
            String sku,
            String title,
            long priceMinor,
            int quantity,
            boolean byAmazon,
            @Nullable String productType) {

        /// A listing that the seller ships.
        public static NewListing merchant(String sku, String title, long priceMinor, int quantity) {
            return new NewListing(sku, title, priceMinor, quantity, false, null);
        }
    }

    /// What is sold under a SKU; no quantity when none was ever given.
    public record Listed(
            String seller,
            String sku,
            String asin,
            String title,
            String productType,
            @Nullable Long priceMinor,
            @Nullable Integer quantity,
            boolean byAmazon,
            boolean buyable) {}

    /// How the account behaves; see `Settings`.
    public record Behaviour(
            boolean lowersAtPlacement,
            boolean raisesAtCancellation,
            long pendingMillis,
            long applyDelayMillis,
            long feedDelayMillis,
            long financeLagMillis,
            long listedAfterMillis,
            long fbaShipsAfterMillis) {}

    /// Everything that can go wrong with calls, in percent of them; see `ApiFaults`.
    ///
    /// @param slowApplyMillis how much later than usual accepted listing submissions take effect
    /// @param operations the vendor's names of the operations that are meant; empty means all
    public record Faults(
            double throttlePercent,
            double unavailablePercent,
            double brokenPercent,
            double unansweredPercent,
            int extraLatencyMillis,
            int slowApplyMillis,
            List<String> operations) {

        public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, List.of());

        public Faults {
            operations = List.copyOf(operations);
        }
    }

    /// A basket. Who buys is drawn from the seed.
    ///
    /// @param pendingMillis how long the order stays PENDING; as long as usual when not given
    /// @param shippingMinor what the buyer pays for shipping, once; nothing when not given
    public record NewOrder(
            List<Line> lines,
            @Nullable Long pendingMillis,
            @Nullable Long shippingMinor) {

        public NewOrder {
            lines = List.copyOf(lines);
        }

        /// One SKU, pending as long as usual.
        public static NewOrder of(String sku, int quantity) {
            return new NewOrder(List.of(new Line(sku, quantity)), null, null);
        }

        /// One SKU, not pending at all.
        public static NewOrder unshipped(String sku, int quantity) {
            return new NewOrder(List.of(new Line(sku, quantity)), 0L, null);
        }
    }

    /// What is wanted of one SKU.
    public record Line(String sku, int quantity) {}

    /// Why an order is cancelled, and by whom: `BUYER` (only asks once the order is not PENDING), or
    /// `AMAZON`.
    public record Cancellation(String by, String reason) {}

    /// One order; `status` in the vendor's words.
    public record Order(
            String seller,
            String id,
            String status,
            boolean byAmazon,
            Instant createdAt,
            Instant updatedAt,
            List<OrderLine> lines,
            List<Parcel> parcels,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String cancelledBy) {

        public Order {
            lines = List.copyOf(lines);
            parcels = List.copyOf(parcels);
        }
    }

    /// One line with what became of it.
    ///
    /// @param paidMinor what the buyer pays for it when all of it ships: goods, tax and shipping
    public record OrderLine(
            String orderItemId,
            String sku,
            int quantity,
            int shipped,
            int cancelled,
            boolean cancellationRequested,
            long paidMinor,
            long refundedMinor) {}

    /// A package that the seller confirmed.
    public record Parcel(
            String packageReferenceId, String carrier, String trackingNumber, int units, Instant shipDate) {}

    /// The account's own count of what happened in it.
    ///
    /// @param ordersOpen neither cancelled nor shipped in full, PENDING ones too
    /// @param throttled calls answered 429
    /// @param calls by the vendor's name of the operation, throttled ones too
    public record Tally(
            String seller,
            int ordersPlaced,
            int ordersPending,
            int ordersCancelled,
            int ordersCancelledBySeller,
            int ordersFulfilled,
            int ordersOpen,
            long soldOutCheckouts,
            long throttled,
            Map<String, Long> calls,
            List<SkuTally> skus) {

        public Tally {
            calls = Map.copyOf(calls);
            skus = List.copyOf(skus);
        }
    }

    /// Units of one SKU. A cancelled unit is also a bought one; a shipped one too.
    ///
    /// @param shown the number that buyers see now; nothing when the SKU is not sold any more
    public record SkuTally(
            String sku,
            long boughtUnits,
            long cancelledUnits,
            long shippedUnits,
            long refundedMinor,
            @Nullable Integer shown) {}

    /// A number that buyers see now.
    public record Shown(String seller, String sku, int quantity, boolean byAmazon) {}

    /// Sets a shown number behind everybody's back.
    public record Sabotage(String sku, int quantity) {}

    /// A number that was set from outside, when it took effect. `how` is `SUBMISSION` or `SABOTAGE`.
    public record Write(String seller, String sku, Instant at, int from, int to, String submissionId, String how) {}

    /// One change of a shown number by trade: negative units are a sale, positive a cancellation.
    public record Sale(String seller, String orderId, String sku, Instant at, int units, int shownAfter) {}

    /// Money given back for one line, once it is posted.
    public record Refund(String seller, String orderId, String orderItemId, String sku, long minor, Instant at) {}

    /// One call of an operation as it went over the wire, without its tokens.
    ///
    /// @param path with the query, as sent; below the vendor's host
    /// @param status what was decided, also when the answer was dropped on purpose
    /// @param headers the vendor's headers of the answer
    /// @param answered whether the answer was sent
    public record Exchange(
            long number,
            Instant at,
            String operation,
            String method,
            String path,
            @Nullable String requestContentType,
            @Nullable String requestBody,
            int status,
            Map<String, String> headers,
            @Nullable String responseBody,
            boolean answered) {

        public Exchange {
            headers = Map.copyOf(headers);
        }
    }

    /// A part of a long list, and how to ask for the rest; no `next` on the last part.
    public record Part<T>(List<T> items, @Nullable String next) {

        public Part {
            items = List.copyOf(items);
        }
    }
}
