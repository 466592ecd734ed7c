package io.hubline.connector.adapter.shopify;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Shopify writes, spelled as Shopify spells it. Unknown fields are ignored, and ids are texts.
@RegisterForReflection(ignoreNested = false)
final class ShopifyWire {

    private ShopifyWire() {}

    record Token(@Nullable String access_token, @Nullable Long expires_in) {}

    record Answer(
            @Nullable JsonNode data,
            @Nullable List<GraphQlError> errors,
            @Nullable Extensions extensions) {}

    record GraphQlError(@Nullable String message, @Nullable ErrorExtensions extensions) {}

    record ErrorExtensions(@Nullable String code) {}

    record Extensions(@Nullable Cost cost) {}

    record Cost(
            double requestedQueryCost,
            @Nullable Double actualQueryCost,
            @Nullable ThrottleStatus throttleStatus) {}

    record ThrottleStatus(double maximumAvailable, double currentlyAvailable, double restoreRate) {}

    record PageInfo(boolean hasNextPage, @Nullable String endCursor) {}

    record Connection<T>(List<T> nodes, @Nullable PageInfo pageInfo) {

        /// Where the next page begins; null when there is none.
        @Nullable
        String next() {
            return pageInfo != null && pageInfo.hasNextPage() ? pageInfo.endCursor() : null;
        }
    }

    record OrdersChanged(Connection<Mark> orders) {}

    record Mark(
            String legacyResourceId,
            String updatedAt,
            @Nullable String cancelledAt,
            @Nullable String displayFinancialStatus,
            @Nullable String displayFulfillmentStatus,
            @Nullable String returnStatus,
            int currentSubtotalLineItemsQuantity) {}

    record Order(
            String id,
            String legacyResourceId,
            String name,
            String createdAt,
            String updatedAt,
            @Nullable String cancelledAt,
            @Nullable String cancelReason,
            @Nullable String displayFinancialStatus,
            @Nullable String displayFulfillmentStatus,
            @Nullable String returnStatus,
            int currentSubtotalLineItemsQuantity,
            boolean taxesIncluded,
            @Nullable String email,
            @Nullable String phone,
            MoneyBag currentTotalPriceSet,
            MoneyBag currentTotalTaxSet,
            MoneyBag currentShippingPriceSet,
            @Nullable MailingAddress shippingAddress,
            Connection<LineItem> lineItems,
            Connection<FulfillmentOrder> fulfillmentOrders) {}

    record MoneyBag(MoneyV2 shopMoney) {}

    record MoneyV2(String amount, String currencyCode) {}

    record MailingAddress(
            @Nullable String name,
            @Nullable String company,
            @Nullable String address1,
            @Nullable String address2,
            @Nullable String city,
            @Nullable String provinceCode,
            @Nullable String zip,
            @Nullable String countryCodeV2,
            @Nullable String phone) {}

    record LineItem(
            String id,
            @Nullable String sku,
            String title,
            int quantity,
            int currentQuantity,
            boolean requiresShipping,
            @Nullable Ref variant,
            MoneyBag discountedUnitPriceAfterAllDiscountsSet,
            List<TaxLine> taxLines) {}

    record TaxLine(MoneyBag priceSet) {}

    record Ref(String id) {}

    record FulfillmentOrder(
            String id,
            String status,
            @Nullable String fulfillBy,
            @Nullable AssignedLocation assignedLocation,
            Connection<FulfillmentOrderLine> lineItems) {

        boolean takesShipments() {
            return status.equals("OPEN") || status.equals("IN_PROGRESS");
        }

        @Nullable
        String locationId() {
            return assignedLocation == null || assignedLocation.location() == null
                    ? null
                    : assignedLocation.location().id();
        }
    }

    record AssignedLocation(@Nullable Ref location) {}

    record FulfillmentOrderLine(String id, int remainingQuantity, Ref lineItem) {}

    record OrderLines(@Nullable LinesOfOrder order) {

        record LinesOfOrder(Connection<LineItem> lineItems) {}
    }

    record OrderFulfillmentOrders(@Nullable FulfillmentOrdersOfOrder order) {

        record FulfillmentOrdersOfOrder(Connection<FulfillmentOrder> fulfillmentOrders) {}
    }

    record FulfillmentOrderLines(@Nullable LinesOfFulfillmentOrder fulfillmentOrder) {

        record LinesOfFulfillmentOrder(Connection<FulfillmentOrderLine> lineItems) {}
    }

    record OrderForShipment(@Nullable ShippableOrder order) {

        record ShippableOrder(
                String id,
                @Nullable String cancelledAt,
                List<Fulfillment> fulfillments,
                Connection<FulfillmentOrder> fulfillmentOrders) {}

        record Fulfillment(String id, String status, List<TrackingInfo> trackingInfo) {

            boolean carries(String trackingNumber) {
                return trackingInfo.stream().anyMatch(info -> trackingNumber.equals(info.number()));
            }

            boolean stands() {
                return !status.equals("CANCELLED") && !status.equals("ERROR") && !status.equals("FAILURE");
            }
        }

        record TrackingInfo(@Nullable String number) {}
    }

    record FulfillmentLines(@Nullable LinesOfFulfillment fulfillment) {

        record LinesOfFulfillment(Connection<FulfillmentLine> fulfillmentLineItems) {}

        record FulfillmentLine(@Nullable Integer quantity, Ref lineItem) {}
    }

    record FulfillmentCreate(@Nullable FulfillmentCreatePayload fulfillmentCreate) {

        record FulfillmentCreatePayload(@Nullable Ref fulfillment, List<UserError> userErrors) {}
    }

    record OrderReturns(@Nullable ReturnsOfOrder order) {

        record ReturnsOfOrder(Connection<Return> returns) {}
    }

    record Return(String id, String name, String status, String createdAt, Connection<ReturnLine> returnLineItems) {}

    /// @param fulfillmentLineItem missing for goods that the shop cannot relate to a line of the order
    record ReturnLine(
            String id,
            int quantity,
            String returnReason,
            @Nullable ReturnedLine fulfillmentLineItem) {}

    record ReturnedLine(Ref lineItem) {}

    record ReturnLines(@JsonProperty("return") @Nullable LinesOfReturn returned) {

        record LinesOfReturn(Connection<ReturnLine> returnLineItems) {}
    }

    record AnsweredReturn(String id, String status) {}

    record ReturnStatus(@JsonProperty("return") @Nullable AnsweredReturn found) {}

    record ReturnAnswer(@JsonProperty("return") @Nullable AnsweredReturn answered, List<UserError> userErrors) {}

    record ReturnAnswered(
            @JsonAlias({"returnApproveRequest", "returnDeclineRequest", "returnClose", "returnCancel"}) @Nullable
            ReturnAnswer payload) {}

    record OrderForRefund(@Nullable RefundableOrder order) {

        record RefundableOrder(
                String id,
                String presentmentCurrencyCode,
                List<NotedRefund> refunds,
                List<OrderTransaction> transactions) {}

        record NotedRefund(String id, @Nullable String note) {}
    }

    record OrderTransaction(
            String id,
            String kind,
            String status,
            @Nullable String gateway,
            @Nullable Ref parentTransaction,
            BothMoney amountSet) {

        boolean stands() {
            return status.equals("SUCCESS");
        }

        boolean isUnderway() {
            return status.equals("PENDING") || status.equals("AWAITING_RESPONSE") || status.equals("UNKNOWN");
        }

        boolean pays() {
            return stands() && (kind.equals("SALE") || kind.equals("CAPTURE"));
        }

        boolean paysBack() {
            return kind.equals("REFUND");
        }
    }

    record BothMoney(MoneyV2 shopMoney, MoneyV2 presentmentMoney) {}

    record RefundById(@Nullable MadeRefund refund) {

        record MadeRefund(String id, @Nullable String note, Connection<OrderTransaction> transactions) {}
    }

    record RefundCreate(@Nullable RefundCreatePayload refundCreate) {

        record RefundCreatePayload(@Nullable Ref refund, List<UserError> userErrors) {}
    }

    record ProductPage(Shop shop, @Nullable Product productByIdentifier) {

        record Shop(String currencyCode) {}
    }

    record Product(String id, String title, String status, Connection<Media> media, Connection<Variant> variants) {

        record Media(String id, @Nullable Image image) {}

        record Image(String url) {}

        record Variant(
                String id,
                @Nullable String sku,
                @Nullable String barcode,
                String price,
                List<SelectedOption> selectedOptions,
                Ref inventoryItem) {}

        record SelectedOption(String name, String value) {}
    }

    record ProductsOfVariants(List<@Nullable VariantOfProduct> nodes) {

        record VariantOfProduct(
                @Nullable String id, @Nullable Ref product) {}
    }

    record ProductSet(@Nullable ProductSetPayload productSet) {

        record ProductSetPayload(@Nullable Ref product, List<UserError> userErrors) {}
    }

    record InventoryActivate(@Nullable InventoryActivatePayload inventoryActivate) {

        record InventoryActivatePayload(@Nullable Ref inventoryLevel, List<UserError> userErrors) {}
    }

    record UserError(@Nullable String code, @Nullable List<String> field, String message) {}

    record CancellableOrder(
            String id,
            @Nullable String cancelledAt,
            @Nullable String displayFulfillmentStatus) {}

    record OrderForCancellation(@Nullable CancellableOrder order) {}

    record CancellationJob(
            @Nullable CancellableOrder order, @Nullable Job job) {}

    record Job(String id, boolean done) {}

    record OrderCancel(@Nullable OrderCancelPayload orderCancel) {

        record OrderCancelPayload(@Nullable Job job, List<UserError> orderCancelUserErrors) {}
    }

    record InventorySetQuantities(@Nullable InventorySetQuantitiesPayload inventorySetQuantities) {

        record InventorySetQuantitiesPayload(@Nullable Ref inventoryAdjustmentGroup, List<UserError> userErrors) {}
    }

    record InventoryItem(@Nullable String id, @Nullable InventoryLevel inventoryLevel) {}

    record InventoryLevel(List<Quantity> quantities) {}

    record Quantity(String name, int quantity) {}

    record WebhookSubscriptions(Connection<Subscription> webhookSubscriptions) {

        record Subscription(String id, String topic, String uri) {}
    }

    record WebhookSubscriptionCreate(@Nullable WebhookSubscriptionCreatePayload webhookSubscriptionCreate) {

        record WebhookSubscriptionCreatePayload(@Nullable Ref webhookSubscription, List<UserError> userErrors) {}
    }
}
