package io.hubline.sandbox.amazon.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.store.ListingChange.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes of listing attributes. Each attribute is a list of objects, told apart by selectors such as the
/// store or the fulfillment channel.
final class Attributes {

    static final String AVAILABILITY = "fulfillment_availability";

    private static final List<String> SELECTORS =
            List.of("marketplace_id", "language_tag", "fulfillment_channel_code", "audience");

    private Attributes() {}

    /// Carries one step out on the attributes in place.
    static void apply(ObjectNode attributes, Step step) {
        ArrayNode value = step.value();
        switch (step.op()) {
            case ADD, REPLACE -> attributes.set(step.attribute(), value == null ? empty() : value.deepCopy());
            case MERGE -> merge(attributes.withArrayProperty(step.attribute()), value);
            case DELETE -> {
                if (value == null || value.isEmpty()) {
                    attributes.remove(step.attribute());
                } else {
                    delete(attributes, step.attribute(), value);
                }
            }
        }
    }

    private static void merge(ArrayNode present, @Nullable ArrayNode value) {
        if (value == null) {
            return;
        }
        for (JsonNode wanted : value) {
            ObjectNode match = null;
            for (JsonNode each : present) {
                if (each instanceof ObjectNode entry && same(entry, wanted)) {
                    match = entry;
                }
            }
            if (match == null) {
                present.add(wanted.deepCopy());
            } else {
                match.setAll((ObjectNode) wanted.deepCopy());
            }
        }
    }

    private static void delete(ObjectNode attributes, String name, ArrayNode value) {
        ArrayNode kept = empty();
        for (JsonNode each : attributes.path(name)) {
            boolean meant = false;
            for (JsonNode wanted : value) {
                meant |= same(each, wanted);
            }
            if (!meant) {
                kept.add(each);
            }
        }
        if (kept.isEmpty()) {
            attributes.remove(name);
        } else {
            attributes.set(name, kept);
        }
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return SELECTORS.stream()
                .allMatch(selector -> !one.has(selector)
                        || !other.has(selector)
                        || one.get(selector).equals(other.get(selector)));
    }

    /// The submitted number of the seller's own stock; nothing when there is none.
    static @Nullable Integer quantity(JsonNode availability) {
        for (JsonNode each : availability) {
            if (each.path("fulfillment_channel_code").asText().equals("DEFAULT")
                    && each.path("quantity").isInt()) {
                return each.path("quantity").intValue();
            }
        }
        return null;
    }

    private static ArrayNode empty() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
