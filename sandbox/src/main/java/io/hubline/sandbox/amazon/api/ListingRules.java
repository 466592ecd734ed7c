package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.store.Marketplace;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/// What a submission must look like to be accepted. Each thing that is wrong becomes an issue.
final class ListingRules {

    private static final int LONGEST_TITLE = 200;
    private static final int MOST_BULLETS = 10;
    private static final int LARGEST_QUANTITY = 99_999_999;
    private static final Pattern FORBIDDEN_IN_TITLE = Pattern.compile("[!$?_{}^¬¦]");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> AVAILABILITY_FIELDS = Set.of(
            "fulfillment_channel_code",
            "quantity",
            "lead_time_to_ship_max_days",
            "restock_date",
            "is_inventory_available",
            "marketplace_id");
    private static final Set<String> IDENTIFIED_BY = Set.of(
            "externally_assigned_product_identifier",
            "merchant_suggested_asin",
            "supplier_declared_has_product_identifier_exemption");

    private final Marketplace marketplace;
    private final boolean byAmazon;
    private final ArrayNode issues = JsonNodeFactory.instance.arrayNode();

    ListingRules(Marketplace marketplace, boolean byAmazon) {
        this.marketplace = marketplace;
        this.byAmazon = byAmazon;
    }

    /// All that was found wrong; empty when the submission may be accepted.
    ArrayNode issues() {
        return issues;
    }

    void required(String requirements, ObjectNode attributes) {
        boolean offer = !requirements.equals("LISTING_PRODUCT_ONLY");
        boolean product = !requirements.equals("LISTING_OFFER_ONLY");
        if (product) {
            require(attributes, "item_name");
            require(attributes, "brand");
        }
        if (offer) {
            require(attributes, "condition_type");
            require(attributes, "purchasable_offer");
        }
        if (IDENTIFIED_BY.stream().noneMatch(attributes::has)) {
            require(attributes, "externally_assigned_product_identifier");
        }
    }

    private void require(ObjectNode attributes, String name) {
        if (attributes.path(name).isEmpty()) {
            issue("90220", "'%s' is required but not supplied.".formatted(name), name, "MISSING_ATTRIBUTE");
        }
    }

    /// Looks at one attribute's value, a list of objects.
    void value(String name, JsonNode value) {
        if (!NAME.matcher(name).matches()) {
            issue("90244", "'%s' is not the name of an attribute.".formatted(name), name, "INVALID_ATTRIBUTE");
            return;
        }
        if (!value.isArray() || value.isEmpty()) {
            invalid(name, "'%s' must be a list of at least one value.".formatted(name));
            return;
        }
        for (JsonNode each : value) {
            if (!each.isObject()) {
                invalid(name, "Each value of '%s' must be an object.".formatted(name));
                return;
            }
            JsonNode store = each.path("marketplace_id");
            if (!store.isMissingNode() && !store.asText().equals(marketplace.id())) {
                invalid(name, "'%s' names another marketplace than the request.".formatted(name));
            }
        }
        switch (name) {
            case "item_name" -> title(value);
            case "bullet_point" -> {
                if (value.size() > MOST_BULLETS) {
                    invalid(name, "'bullet_point' has more than %d values.".formatted(MOST_BULLETS));
                }
            }
            case "fulfillment_availability" -> availability(value);
            case "purchasable_offer" -> offer(value);
            default -> {
                // The other attributes are kept as they are: the product types' own schemas are not played.
            }
        }
    }

    private void title(JsonNode value) {
        for (JsonNode each : value) {
            String title = each.path("value").asText("");
            if (title.isBlank()) {
                invalid("item_name", "'item_name' has no value.");
            } else if (title.length() > LONGEST_TITLE) {
                invalid("item_name", "'item_name' is longer than %d characters.".formatted(LONGEST_TITLE));
            } else if (FORBIDDEN_IN_TITLE.matcher(title).find()) {
                invalid("item_name", "'item_name' contains a character that is not permitted.");
            }
        }
    }

    private void availability(JsonNode value) {
        String name = "fulfillment_availability";
        for (JsonNode each : value) {
            each.properties().forEach(field -> {
                if (!AVAILABILITY_FIELDS.contains(field.getKey())) {
                    invalid(name, "'%s' is not a field of '%s'.".formatted(field.getKey(), name));
                }
            });
            String channel = each.path("fulfillment_channel_code").asText("");
            if (byAmazon) {
                invalid(name, "The inventory of this listing is fulfilled by Amazon and cannot be set.");
            } else if (!channel.equals("DEFAULT")) {
                invalid(name, "'%s' is not a fulfillment channel of this listing.".formatted(channel));
            }
            JsonNode quantity = each.path("quantity");
            boolean fits = quantity.isMissingNode()
                    || (quantity.isInt() && quantity.intValue() >= 0 && quantity.intValue() <= LARGEST_QUANTITY);
            if (!fits) {
                invalid(name, "'quantity' must be a whole number between 0 and %d.".formatted(LARGEST_QUANTITY));
            }
        }
    }

    private void offer(JsonNode value) {
        String name = "purchasable_offer";
        for (JsonNode each : value) {
            if (!each.path("currency").asText("").equals(marketplace.currency())) {
                invalid(name, "'currency' must be %s.".formatted(marketplace.currency()));
            }
            JsonNode price =
                    each.path("our_price").path(0).path("schedule").path(0).path("value_with_tax");
            if (!price.isNumber()
                    || price.decimalValue().signum() <= 0
                    || scale(price.decimalValue()) > marketplace.digits()) {
                invalid(
                        name,
                        "'value_with_tax' must be a positive number with at most %d decimals."
                                .formatted(marketplace.digits()));
            }
        }
    }

    private static int scale(BigDecimal amount) {
        return Math.max(0, amount.stripTrailingZeros().scale());
    }

    void productType(String submitted, String present) {
        if (!submitted.equals(present) && !submitted.equals("PRODUCT")) {
            issue(
                    "90061",
                    "The product type '%s' is not the product type of the listing.".formatted(submitted),
                    "product_type",
                    "INVALID_ATTRIBUTE");
        }
    }

    private void invalid(String attribute, String message) {
        issue("99010", message, attribute, "INVALID_ATTRIBUTE");
    }

    private void issue(String code, String message, String attribute, String category) {
        ObjectNode issue =
                issues.addObject().put("code", code).put("message", message).put("severity", "ERROR");
        issue.putArray("attributeNames").add(attribute);
        issue.putArray("categories").add(category);
    }
}
