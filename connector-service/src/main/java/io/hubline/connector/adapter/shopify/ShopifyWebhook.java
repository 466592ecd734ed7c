package io.hubline.connector.adapter.shopify;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hubline.connector.spi.Delivery;
import io.hubline.connector.spi.Hint;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a webhook is about: the id and time of its order, and nothing else of it.
final class ShopifyWebhook {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern RETURN_GID = Pattern.compile("gid://shopify/Return/[0-9]{1,19}");
    private static final Pattern ORDER_ID = Pattern.compile("[0-9]{1,19}");

    private ShopifyWebhook() {}

    /// The whole body is read, so that half a document is not taken for one; it streams, so that a large
    /// one costs no memory.
    static Hint read(Delivery delivery) {
        @Nullable String deliveryId = delivery.header("x-shopify-webhook-id");
        @Nullable String topic = delivery.header("x-shopify-topic");
        Fields fields;
        try {
            fields = fields(delivery.body());
        } catch (JacksonException e) {
            // The message of the parser quotes the body; where it stopped is enough to find the place.
            return new Hint.Unreadable(
                    deliveryId,
                    topic,
                    e.getLocation() == null
                            ? "the body is not JSON"
                            : "the body is not JSON at byte " + e.getLocation().getByteOffset());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        if (topic == null) {
            return new Hint.Unreadable(deliveryId, null, "the delivery names no topic");
        }
        boolean aboutOrder = topic.startsWith("orders/");
        if (!aboutOrder && !topic.startsWith("returns/") && !topic.equals("refunds/create")) {
            return new Hint.OfNoInterest(deliveryId, topic, "the hub does not follow this topic");
        }
        @Nullable String id = aboutOrder ? fields.id() : orderOf(delivery, fields);
        @Nullable String gid = fields.gid();
        if (id == null && gid != null && RETURN_GID.matcher(gid).matches()) {
            return new Hint.AboutReturn(deliveryId, topic, gid);
        }
        if (id == null || !ORDER_ID.matcher(id).matches()) {
            return new Hint.Unreadable(deliveryId, topic, "the body names no order");
        }
        // The times of a return or a refund are not the order's.
        return new Hint.AboutOrder(deliveryId, topic, id, aboutOrder ? instant(fields.updatedAt()) : null);
    }

    /// The order a return or a refund belongs to, wherever the message says so.
    private static @Nullable String orderOf(Delivery delivery, Fields fields) {
        return fields.orderId() != null ? fields.orderId() : delivery.header("x-shopify-order-id");
    }

    private static Fields fields(byte[] body) throws IOException {
        @Nullable String id = null;
        @Nullable String updatedAt = null;
        @Nullable String orderId = null;
        @Nullable String gid = null;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (name.equals("id") && value == JsonToken.VALUE_NUMBER_INT) {
                        id = parser.getText();
                    } else if (name.equals("updated_at") && value == JsonToken.VALUE_STRING) {
                        updatedAt = parser.getText();
                    } else if (name.equals("admin_graphql_api_id") && value == JsonToken.VALUE_STRING) {
                        gid = parser.getText();
                    } else if (name.equals("order_id") && value == JsonToken.VALUE_NUMBER_INT) {
                        orderId = parser.getText();
                    } else if (name.equals("order") && value == JsonToken.START_OBJECT) {
                        orderId = idWithin(parser);
                    } else {
                        parser.skipChildren();
                    }
                }
            } else {
                parser.skipChildren();
            }
            while (parser.nextToken() != null) {
                // What stands behind the document must be JSON as well.
                parser.skipChildren();
            }
        }
        return new Fields(id, updatedAt, orderId, gid);
    }

    /// The `id` of the object the parser stands at, which is read to its end.
    private static @Nullable String idWithin(JsonParser parser) throws IOException {
        @Nullable String id = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("id") && value == JsonToken.VALUE_NUMBER_INT) {
                id = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return id;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : ShopifyTranslation.instant(text);
        } catch (DateTimeException _) {
            // Only a hint: without its time the order is looked up all the same.
            return null;
        }
    }

    private record Fields(
            @Nullable String id,
            @Nullable String updatedAt,
            @Nullable String orderId,
            @Nullable String gid) {}
}
