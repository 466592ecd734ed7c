package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The GraphQL documents, each a file under `shopify/`, where it is checked against the vendor's schema.
enum Document {
    ORDERS_CHANGED("OrdersChanged", 250),
    ORDERS_BY_ID("OrdersById", 800),
    ORDER_LINES("OrderLines", 500),
    ORDER_FULFILLMENT_ORDERS("OrderFulfillmentOrders", 500),
    FULFILLMENT_ORDER_LINES("FulfillmentOrderLines", 400),
    ORDER_FOR_SHIPMENT("OrderForShipment", 150),
    FULFILLMENT_LINES("FulfillmentLines", 400),
    FULFILLMENT_CREATE("FulfillmentCreate", 10),
    ORDER_FOR_CANCELLATION("OrderForCancellation", 1),
    CANCELLATION_JOB("CancellationJob", 2),
    ORDER_CANCEL("OrderCancel", 10),
    ORDER_RETURNS("OrderReturns", 300),
    RETURN_LINES("ReturnLines", 100),
    RETURN_STATUS("ReturnStatus", 1),
    RETURN_APPROVE_REQUEST("ReturnApproveRequest", 10),
    RETURN_DECLINE_REQUEST("ReturnDeclineRequest", 10),
    RETURN_CLOSE("ReturnClose", 10),
    RETURN_CANCEL("ReturnCancel", 10),
    ORDER_FOR_REFUND("OrderForRefund", 250),
    REFUND_BY_ID("RefundById", 50),
    REFUND_CREATE("RefundCreate", 10),
    PRODUCT_SET("ProductSet", 60),
    PRODUCT_PAGE("ProductPage", 80),
    PRODUCTS_OF_VARIANTS("ProductsOfVariants", 20),
    INVENTORY_ACTIVATE("InventoryActivate", 10),
    INVENTORY_SET_QUANTITIES("InventorySetQuantities", 10),
    INVENTORY_LEVELS("InventoryLevels", 300),
    WEBHOOK_SUBSCRIPTIONS("WebhookSubscriptions", 50),
    WEBHOOK_SUBSCRIPTION_CREATE("WebhookSubscriptionCreate", 10);

    private final String operation;
    private final double firstGuess;
    private final String text;
    private final boolean mutation;

    Document(String operation, double firstGuess) {
        this.operation = operation;
        this.firstGuess = firstGuess;
        this.text = load(operation);
        this.mutation = text.startsWith("mutation");
    }

    String operation() {
        return operation;
    }

    /// What it costs at most, until the channel has said.
    double firstGuess() {
        return firstGuess;
    }

    String text() {
        return text;
    }

    /// Whether it changes something, so that a broken connection leaves its outcome unknown.
    boolean isMutation() {
        return mutation;
    }

    private static String load(String operation) {
        String name = "/shopify/" + operation + ".graphql";
        try (@Nullable InputStream file = Document.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
