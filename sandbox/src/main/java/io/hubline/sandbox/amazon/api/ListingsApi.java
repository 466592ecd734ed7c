package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.store.Listing;
import io.hubline.sandbox.amazon.store.ListingChange;
import io.hubline.sandbox.amazon.store.ListingChange.Op;
import io.hubline.sandbox.amazon.store.ListingChange.Step;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.Seller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Listings Items 2021-08-01, one SKU at a time.
final class ListingsApi {

    private static final int LONGEST_SKU = 40;
    private static final String POINTER = "/attributes/";
    private static final Set<String> SHOWN = Set.of(
            "summaries",
            "attributes",
            "issues",
            "offers",
            "fulfillmentAvailability",
            "procurement",
            "relationships",
            "productTypes");
    private static final Set<String> ANSWERED = Set.of("identifiers", "issues");
    private static final Set<String> OPS = Set.of("add", "replace", "merge", "delete");
    private static final Set<String> REQUIREMENTS = Set.of("LISTING", "LISTING_PRODUCT_ONLY", "LISTING_OFFER_ONLY");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Seller seller;
    private final Marketplace marketplace;

    ListingsApi(Seller seller) {
        this.seller = seller;
        this.marketplace = seller.marketplace();
    }

    ApiAnswer get(String sellerId, String sku, Query query) {
        query.allow("marketplaceIds", "issueLocale", "includedData");
        address(sellerId, sku, query);
        List<String> included = query.list("includedData", SHOWN);
        Listing listing = seller.listing(sku)
                .orElseThrow(() -> new ApiError(
                        404, "NOT_FOUND", "SKU '%s' not found in marketplace %s".formatted(sku, marketplace.id()), ""));
        return ApiAnswer.ok(item(listing, included.isEmpty() ? List.of("summaries") : included));
    }

    private void address(String sellerId, String sku, Query query) {
        if (!sellerId.equals(seller.sellerId())) {
            throw new ApiError(403, "Unauthorized", "Access to requested resource is denied.", "");
        }
        if (sku.isBlank() || sku.length() > LONGEST_SKU) {
            throw ApiError.invalid("Invalid Input: a sku has 1 to %d characters.".formatted(LONGEST_SKU));
        }
        List<String> marketplaces = query.list("marketplaceIds", 1);
        if (marketplaces.isEmpty()) {
            throw ApiError.invalid("Invalid Input: marketplaceIds is required.");
        }
        if (!marketplaces.getFirst().equals(marketplace.id())) {
            throw ApiError.invalid(
                    "Invalid Input: the seller does not sell in marketplace %s.".formatted(marketplaces.getFirst()));
        }
        String locale = query.one("issueLocale");
        if (locale != null && !locale.matches("[a-z]{2}_[A-Z]{2}")) {
            throw ApiError.invalid("Invalid Input: '%s' is not a locale.".formatted(locale));
        }
    }

    private ObjectNode item(Listing listing, List<String> included) {
        ObjectNode shown = JSON.objectNode().put("sku", listing.sku());
        if (included.contains("summaries")) {
            summary(listing, shown.putArray("summaries").addObject());
        }
        if (included.contains("attributes")) {
            shown.set("attributes", listing.attributes());
        }
        if (included.contains("issues")) {
            shown.putArray("issues");
        }
        if (included.contains("offers")) {
            ArrayNode offers = shown.putArray("offers");
            listing.price(marketplace).ifPresent(minor -> {
                ObjectNode offer = offers.addObject()
                        .put("marketplaceId", marketplace.id())
                        .put("offerType", "B2C");
                offer.putObject("price")
                        .put("currencyCode", marketplace.currency())
                        .put("amount", marketplace.major(minor).toPlainString());
                offer.putObject("audience").put("value", "ALL").put("displayName", "Sell on Amazon");
            });
        }
        if (included.contains("fulfillmentAvailability")) {
            availability(listing, shown.putArray("fulfillmentAvailability"));
        }
        if (included.contains("procurement")) {
            shown.putArray("procurement");
        }
        if (included.contains("relationships")) {
            shown.putArray("relationships");
        }
        if (included.contains("productTypes")) {
            shown.putArray("productTypes")
                    .addObject()
                    .put("marketplaceId", marketplace.id())
                    .put("productType", listing.productType());
        }
        return shown;
    }

    private void summary(Listing listing, ObjectNode summary) {
        summary.put("marketplaceId", marketplace.id())
                .put("asin", listing.asin())
                .put("productType", listing.productType())
                .put("conditionType", "new_new");
        ArrayNode status = summary.putArray("status");
        if (listing.buyable(marketplace)) {
            status.add("BUYABLE");
        }
        status.add("DISCOVERABLE");
        summary.put("itemName", listing.title())
                .put("createdDate", listing.createdAt().toString())
                .put("lastUpdatedDate", listing.updatedAt().toString());
    }

    private static void availability(Listing listing, ArrayNode shown) {
        Integer quantity = listing.quantity();
        if (listing.byAmazon()) {
            shown.addObject().put("fulfillmentChannelCode", "AMAZON_NA");
        } else if (quantity != null) {
            shown.addObject().put("fulfillmentChannelCode", "DEFAULT").put("quantity", quantity);
        }
    }

    ApiAnswer put(String sellerId, String sku, ApiCall call) {
        submissionQuery(sellerId, sku, call.query());
        ObjectNode body = Bodies.object(call);
        Bodies.allow(body, "", Set.of("productType", "requirements", "attributes"));
        String productType = Bodies.text(body, "", "productType");
        String requirements = Bodies.optionalText(body, "", "requirements");
        if (requirements != null && !REQUIREMENTS.contains(requirements)) {
            throw ApiError.invalid("Invalid Input: '%s' is not a value of requirements.".formatted(requirements));
        }
        if (!(body.path("attributes") instanceof ObjectNode attributes)) {
            throw ApiError.invalid("Invalid Input: attributes is required.");
        }
        Listing present = seller.listing(sku).orElse(null);
        ListingRules rules = new ListingRules(marketplace, present != null && present.byAmazon());
        rules.required(requirements == null ? "LISTING" : requirements, attributes);
        attributes.properties().forEach(attribute -> rules.value(attribute.getKey(), attribute.getValue()));
        return submission(sku, present, call.query(), rules, new ListingChange.Put(productType, attributes));
    }

    ApiAnswer patch(String sellerId, String sku, ApiCall call) {
        submissionQuery(sellerId, sku, call.query());
        ObjectNode body = Bodies.object(call);
        Bodies.allow(body, "", Set.of("productType", "patches"));
        String productType = Bodies.text(body, "", "productType");
        JsonNode patches = body.path("patches");
        if (!patches.isArray() || patches.isEmpty()) {
            throw ApiError.invalid("Invalid Input: patches must have at least one entry.");
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode patch : patches) {
            steps.add(step(patch, "patches[%d].".formatted(steps.size())));
        }
        Listing present = seller.listing(sku)
                .orElseThrow(() -> new ApiError(
                        400,
                        "InvalidInput",
                        "SKU '%s' not found in marketplace %s".formatted(sku, marketplace.id()),
                        ""));
        ListingRules rules = new ListingRules(marketplace, present.byAmazon());
        rules.productType(productType, present.productType());
        steps.forEach(step -> {
            ArrayNode value = step.value();
            if (value != null && step.op() != Op.DELETE) {
                rules.value(step.attribute(), value);
            }
        });
        return submission(sku, present, call.query(), rules, new ListingChange.Patch(steps));
    }

    private void submissionQuery(String sellerId, String sku, Query query) {
        query.allow("marketplaceIds", "includedData", "mode", "issueLocale");
        address(sellerId, sku, query);
        query.one("mode", Set.of("VALIDATION_PREVIEW"));
        query.list("includedData", ANSWERED);
    }

    private static Step step(JsonNode patch, String where) {
        if (!patch.isObject()) {
            throw ApiError.invalid("Invalid Input: %s must be an object.".formatted(where));
        }
        Bodies.allow(patch, where, Set.of("op", "path", "value"));
        String op = Bodies.text(patch, where, "op");
        String path = Bodies.text(patch, where, "path");
        if (!OPS.contains(op)) {
            throw ApiError.invalid("Invalid Input: %sop '%s' is not supported.".formatted(where, op));
        }
        String attribute = path.startsWith(POINTER) ? path.substring(POINTER.length()) : "";
        if (attribute.isEmpty() || attribute.contains("/")) {
            throw ApiError.invalid("Invalid Input: %spath must name a top-level attribute.".formatted(where));
        }
        JsonNode value = patch.path("value");
        if (value.isMissingNode() && !op.equals("delete")) {
            throw ApiError.invalid("Invalid Input: %svalue is required.".formatted(where));
        }
        if (!value.isMissingNode() && !value.isArray()) {
            throw ApiError.invalid("Invalid Input: %svalue must be a list.".formatted(where));
        }
        for (JsonNode each : value) {
            if (!each.isObject()) {
                throw ApiError.invalid("Invalid Input: %svalue must be a list of objects.".formatted(where));
            }
        }
        return new Step(
                Op.valueOf(op.toUpperCase(Locale.ROOT)), attribute, value instanceof ArrayNode list ? list : null);
    }

    ApiAnswer delete(String sellerId, String sku, Query query) {
        query.allow("marketplaceIds", "issueLocale");
        address(sellerId, sku, query);
        Listing present = seller.listing(sku)
                .orElseThrow(() ->
                        ApiError.invalid("SKU '%s' not found in marketplace %s".formatted(sku, marketplace.id())));
        return submission(
                sku, present, query, new ListingRules(marketplace, present.byAmazon()), new ListingChange.Delete());
    }

    private ApiAnswer submission(
            String sku, @Nullable Listing present, Query query, ListingRules rules, ListingChange change) {
        boolean preview = query.one("mode") != null;
        boolean fits = rules.issues().isEmpty();
        ObjectNode body = JSON.objectNode().put("sku", sku);
        body.put("status", fits ? (preview ? "VALID" : "ACCEPTED") : "INVALID");
        body.put(
                "submissionId",
                fits && !preview
                        ? seller.submit(sku, change)
                        : UUID.randomUUID().toString().replace("-", ""));
        body.set("issues", rules.issues());
        if (present != null && query.list("includedData", ANSWERED).contains("identifiers")) {
            body.putArray("identifiers")
                    .addObject()
                    .put("marketplaceId", marketplace.id())
                    .put("asin", present.asin());
        }
        return ApiAnswer.ok(body);
    }
}
