package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Amazon writes, spelled as Amazon spells it. Unknown fields are ignored, and ids are texts.
@RegisterForReflection(
        targets = {
            AmazonWire.Token.class,
            AmazonWire.ErrorList.class,
            AmazonWire.ApiError.class,
            AmazonWire.SearchOrders.class,
            AmazonWire.GetOrder.class,
            AmazonWire.Pagination.class,
            AmazonWire.Order.class,
            AmazonWire.SalesChannel.class,
            AmazonWire.Buyer.class,
            AmazonWire.Recipient.class,
            AmazonWire.Address.class,
            AmazonWire.Proceeds.class,
            AmazonWire.Breakdown.class,
            AmazonWire.DetailedBreakdown.class,
            AmazonWire.Amount.class,
            AmazonWire.Fulfillment.class,
            AmazonWire.Window.class,
            AmazonWire.Item.class,
            AmazonWire.Product.class,
            AmazonWire.Price.class,
            AmazonWire.ItemProceeds.class,
            AmazonWire.Cancellation.class,
            AmazonWire.CancellationRequest.class,
            AmazonWire.CancellationExecution.class,
            AmazonWire.ItemFulfillment.class,
            AmazonWire.Parcel.class,
            AmazonWire.PackageItem.class,
            AmazonWire.ListingsItem.class,
            AmazonWire.Summary.class,
            AmazonWire.Availability.class,
            AmazonWire.Submission.class,
            AmazonWire.Identifiers.class,
            AmazonWire.Issue.class,
            AmazonWire.NewDocument.class,
            AmazonWire.NewFeed.class,
            AmazonWire.Feed.class,
            AmazonWire.Feeds.class,
            AmazonWire.Document.class,
            AmazonWire.Transactions.class,
            AmazonWire.TransactionPage.class,
            AmazonWire.Transaction.class,
            AmazonWire.RelatedIdentifier.class,
            AmazonWire.Charge.class,
            AmazonWire.Posted.class
        })
final class AmazonWire {

    private AmazonWire() {}

    record Token(@Nullable String access_token, @Nullable Long expires_in) {}

    record ErrorList(@Nullable List<ApiError> errors) {}

    record ApiError(
            @Nullable String code,
            @Nullable String message,
            @Nullable String details) {}

    /// Orders stay unread until each is read by itself: one that is odd must not spoil the page.
    record SearchOrders(
            List<JsonNode> orders,
            @Nullable Pagination pagination,
            @Nullable String lastUpdatedBefore) {}

    record Pagination(@Nullable String nextToken) {}

    record GetOrder(JsonNode order) {}

    record Order(
            String orderId,
            String createdTime,
            String lastUpdatedTime,
            @Nullable SalesChannel salesChannel,
            @Nullable Buyer buyer,
            @Nullable Recipient recipient,
            @Nullable Proceeds proceeds,
            @Nullable Fulfillment fulfillment,
            List<Item> orderItems,
            @Nullable List<Parcel> packages) {}

    record SalesChannel(@Nullable String marketplaceId) {}

    record Buyer(
            @Nullable String buyerName,
            @Nullable String buyerEmail,
            @Nullable String buyerCompanyName) {}

    record Recipient(@Nullable Address deliveryAddress) {}

    record Address(
            @Nullable String name,
            @Nullable String companyName,
            @Nullable String addressLine1,
            @Nullable String addressLine2,
            @Nullable String addressLine3,
            @Nullable String city,
            @Nullable String districtOrCounty,
            @Nullable String stateOrRegion,
            @Nullable String municipality,
            @Nullable String postalCode,
            @Nullable String countryCode,
            @Nullable String phone) {}

    record Proceeds(@Nullable Amount grandTotal, @Nullable List<Breakdown> breakdowns) {}

    record Breakdown(String type, Amount subtotal, @Nullable List<DetailedBreakdown> detailedBreakdowns) {}

    record DetailedBreakdown(
            @Nullable String subtype, @Nullable Amount value) {}

    record Amount(String amount, String currencyCode) {}

    record Fulfillment(
            @Nullable String fulfillmentStatus,
            @Nullable String fulfilledBy,
            @Nullable Window shipByWindow) {}

    record Window(
            @Nullable String earliestDateTime, @Nullable String latestDateTime) {}

    record Item(
            String orderItemId,
            int quantityOrdered,
            Product product,
            @Nullable ItemProceeds proceeds,
            @Nullable Cancellation cancellation,
            @Nullable ItemFulfillment fulfillment) {}

    record Product(
            @Nullable String asin,
            @Nullable String title,
            @Nullable String sellerSku,
            @Nullable Price price) {}

    record Price(@Nullable Amount unitPrice) {}

    record ItemProceeds(
            @Nullable Amount proceedsTotal, @Nullable List<Breakdown> breakdowns) {}

    record Cancellation(
            @Nullable CancellationRequest cancellationRequest,
            @Nullable CancellationExecution cancellationExecution) {}

    record CancellationRequest(
            @Nullable String requester, @Nullable String cancelReason) {}

    record CancellationExecution(
            @Nullable String cancelledBy, @Nullable String cancelReason) {}

    record ItemFulfillment(
            @Nullable Integer quantityFulfilled, @Nullable Integer quantityUnfulfilled) {}

    record Parcel(
            String packageReferenceId,
            @Nullable String carrier,
            @Nullable String trackingNumber,
            @Nullable List<PackageItem> packageItems) {}

    record PackageItem(String orderItemId, int quantity) {}

    record ListingsItem(
            String sku,
            @Nullable List<Summary> summaries,
            @Nullable List<Issue> issues,
            @Nullable List<Availability> fulfillmentAvailability,
            @Nullable JsonNode attributes) {

        /// What was submitted; a missing node where it was not asked for.
        @Override
        public JsonNode attributes() {
            return attributes == null ? MissingNode.getInstance() : attributes;
        }
    }

    record Summary(
            @Nullable String marketplaceId,
            @Nullable String asin,
            @Nullable String productType,
            @Nullable String itemName,
            @Nullable List<String> status) {}

    record Availability(
            String fulfillmentChannelCode, @Nullable Integer quantity) {}

    record Submission(
            String sku,
            String status,
            @Nullable List<Issue> issues,
            @Nullable List<Identifiers> identifiers) {}

    record Identifiers(
            @Nullable String marketplaceId, @Nullable String asin) {}

    record Issue(
            String code,
            String message,
            String severity,
            @Nullable List<String> attributeNames) {

        boolean isError() {
            return severity.equals("ERROR");
        }
    }

    record NewDocument(String feedDocumentId, String url) {}

    record NewFeed(String feedId) {}

    record Feed(
            String feedId,
            String feedType,
            String processingStatus,
            @Nullable String resultFeedDocumentId) {}

    record Feeds(List<Feed> feeds) {}

    record Document(String url, @Nullable String compressionAlgorithm) {}

    record Transactions(@Nullable TransactionPage payload) {}

    record TransactionPage(
            @Nullable String nextToken, @Nullable List<Transaction> transactions) {}

    record Transaction(
            @Nullable String transactionId,
            @Nullable String transactionType,
            @Nullable List<RelatedIdentifier> relatedIdentifiers,
            @Nullable Posted totalAmount,
            @Nullable List<Charge> breakdowns) {}

    record RelatedIdentifier(String relatedIdentifierName, String relatedIdentifierValue) {}

    record Charge(
            @Nullable String breakdownType,
            @Nullable Posted breakdownAmount,
            @Nullable List<Charge> breakdowns) {}

    /// A number here, where all other amounts are texts.
    record Posted(String currencyCode, BigDecimal currencyAmount) {}
}
