package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The data sets of an order that are shown only when asked for.
enum IncludedData {
    BUYER,
    RECIPIENT,
    PROCEEDS,
    EXPENSE,
    PROMOTION,
    CANCELLATION,
    FULFILLMENT,
    PACKAGES,
    TAX,
    PAYMENT,
    FULFILLMENT_ORDERS;

    static final Set<String> NAMES = Arrays.stream(values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    /// The field that carries it, in the order, in its items, or in both.
    private String field() {
        return switch (this) {
            case BUYER -> "buyer";
            case RECIPIENT -> "recipient";
            case PROCEEDS -> "proceeds";
            case EXPENSE -> "expense";
            case PROMOTION -> "promotion";
            case CANCELLATION -> "cancellation";
            case FULFILLMENT -> "fulfillment";
            case PACKAGES -> "packages";
            case TAX -> "tax";
            case PAYMENT -> "payment";
            case FULFILLMENT_ORDERS -> "fulfillmentOrders";
        };
    }

    /// Takes everything off the full order that was not asked for.
    static ObjectNode only(List<String> asked, ObjectNode order) {
        for (IncludedData each : values()) {
            if (!asked.contains(each.name())) {
                order.remove(each.field());
                for (JsonNode item : order.path("orderItems")) {
                    ((ObjectNode) item).remove(each.field());
                }
            }
        }
        return order;
    }
}
