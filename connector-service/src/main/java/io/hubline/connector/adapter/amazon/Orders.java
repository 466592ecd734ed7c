package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.connector.adapter.amazon.AmazonClient.Call;
import io.hubline.connector.adapter.amazon.AmazonWire.GetOrder;
import io.hubline.connector.adapter.amazon.AmazonWire.Order;
import io.hubline.connector.adapter.amazon.AmazonWire.SearchOrders;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Cursor;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.OrderMark;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads orders. Both calls bring them whole, so what a listing carries is never asked for again.
@Singleton
class Orders {

    private static final String PATH = "/orders/2026-01-01/orders";
    private static final String INCLUDED = "BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES,TAX";
    private static final String PAGE_SIZE = "100";
    // Amazon lists nothing that is younger.
    private static final Duration UNLISTED = Duration.ofMinutes(2);

    private final AmazonClient client;

    Orders(AmazonClient client) {
        this.client = client;
    }

    Outcome<OrderPage> changed(Account account, Instant since, @Nullable Cursor cursor) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("lastUpdatedAfter", since.toString());
        query.put("marketplaceIds", AmazonSettings.marketplaceId(account));
        query.put("fulfilledBy", "MERCHANT,AMAZON");
        query.put("maxResultsPerPage", PAGE_SIZE);
        query.put("includedData", INCLUDED);
        if (cursor != null) {
            query.put("paginationToken", cursor.value());
        }
        Outcome<SearchOrders> outcome =
                client.call(account, Call.get(Operation.SEARCH_ORDERS, PATH, query), SearchOrders.class);
        if (!(outcome instanceof Done<SearchOrders>(SearchOrders found))) {
            return Outcome.failed(outcome);
        }
        if (found.orders() == null) {
            return new Refused<>("UNREADABLE", "the listing has no orders, not even none");
        }
        List<OrderMark> marks = new ArrayList<>();
        List<ForeignOrder> whole = new ArrayList<>();
        String currency = AmazonSettings.currency(account);
        for (JsonNode node : found.orders()) {
            switch (read(node, currency)) {
                case Read.Whole(ForeignOrder order) -> whole.add(order);
                case Read.Odd odd -> marks.add(odd.mark(since));
            }
        }
        @Nullable
        String next = found.pagination() == null ? null : found.pagination().nextToken();
        return new Done<>(new OrderPage(
                marks,
                whole,
                next == null || next.isBlank() ? null : new Cursor(next),
                listedThrough(account, found.lastUpdatedBefore())));
    }

    /// Amazon says up to which change it listed; what its index may lag behind is taken off.
    private static @Nullable Instant listedThrough(Account account, @Nullable String lastUpdatedBefore) {
        if (lastUpdatedBefore == null) {
            return null;
        }
        try {
            Duration lag = AmazonSettings.visibilityAllowance(account).minus(UNLISTED);
            Instant through = OffsetDateTime.parse(lastUpdatedBefore).toInstant();
            return lag.isPositive() ? through.minus(lag) : through;
        } catch (DateTimeException _) {
            // Only the watermark goes without it.
            return null;
        }
    }

    Outcome<FetchedOrders> fetch(Account account, List<String> externalIds) {
        List<ForeignOrder> whole = new ArrayList<>();
        Map<String, String> unreadable = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (String externalId : externalIds) {
            Outcome<JsonNode> found = find(account, externalId);
            switch (found) {
                case Done<JsonNode>(JsonNode node) -> {
                    switch (read(node, AmazonSettings.currency(account))) {
                        case Read.Whole(ForeignOrder order) -> whole.add(order);
                        case Read.Odd odd -> unreadable.put(externalId, odd.why());
                    }
                }
                case Refused<JsonNode>(String code, String _)
                when code.equals(AmazonClient.NOT_FOUND) -> missing.add(externalId);
                case Refused<JsonNode> _, Outcome.TryAgain<JsonNode> _, Outcome.Unknown<JsonNode> _ -> {
                    return Outcome.failed(found);
                }
            }
        }
        return new Done<>(new FetchedOrders(whole, unreadable, missing));
    }

    private Outcome<JsonNode> find(Account account, String externalId) {
        Outcome<GetOrder> outcome = client.call(
                account,
                Call.get(
                        Operation.GET_ORDER,
                        PATH + "/" + AmazonClient.part(externalId),
                        Map.of("includedData", INCLUDED)),
                GetOrder.class);
        if (!(outcome instanceof Done<GetOrder>(GetOrder found))) {
            return Outcome.failed(outcome);
        }
        return found.order() == null
                ? new Refused<>("UNREADABLE", "the answer has no order")
                : new Done<>(found.order());
    }

    /// One order as Amazon shows it now.
    Outcome<Order> order(Account account, String externalId) {
        Outcome<JsonNode> found = find(account, externalId);
        if (!(found instanceof Done<JsonNode>(JsonNode node))) {
            return Outcome.failed(found);
        }
        try {
            Order order = client.json().treeToValue(node, Order.class);
            return order.orderItems() == null
                    ? new Refused<>("UNREADABLE", "the order has no items")
                    : new Done<>(order);
        } catch (JsonProcessingException _) {
            return new Refused<>("UNREADABLE", "the order has another shape than the API promises");
        }
    }

    private Read read(JsonNode node, String currency) {
        try {
            return new Read.Whole(OrderTranslation.order(client.json().treeToValue(node, Order.class), currency));
        } catch (JsonProcessingException _) {
            // The exception may quote personal data.
            return new Read.Odd(node, "the order has another shape than the API promises");
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Read.Odd(node, "the order cannot be translated: " + e.getMessage());
        }
    }

    /// What became of one order of an answer.
    private sealed interface Read {

        record Whole(ForeignOrder order) implements Read {}

        /// It cannot be read. As a mark it is looked at by itself, and becomes a dead letter with the
        /// reason.
        record Odd(JsonNode node, String why) implements Read {

            OrderMark mark(Instant since) {
                String updated = node.path("lastUpdatedTime").asText();
                return new OrderMark(node.path("orderId").asText("?"), updatedAt(updated, since), updated);
            }

            private static Instant updatedAt(String text, Instant since) {
                try {
                    return OffsetDateTime.parse(text).toInstant();
                } catch (DateTimeException _) {
                    return since;
                }
            }
        }
    }
}
