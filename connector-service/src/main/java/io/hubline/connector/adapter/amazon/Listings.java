package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.amazon.AmazonClient.Call;
import io.hubline.connector.adapter.amazon.AmazonWire.Issue;
import io.hubline.connector.adapter.amazon.AmazonWire.ListingsItem;
import io.hubline.connector.adapter.amazon.AmazonWire.Submission;
import io.hubline.connector.adapter.amazon.AmazonWire.Summary;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingAnswer.Accepted;
import io.hubline.connector.spi.ListingAnswer.Ids;
import io.hubline.connector.spi.ListingAnswer.Live;
import io.hubline.connector.spi.ListingAnswer.Rejected;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.ListingWrite.Variant;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.contracts.connector.ChannelSyncState;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes listings, one SKU at a time: a whole one where there is none, and otherwise only the attributes
/// that are the hub's to say, for what a whole one leaves out is deleted, the number on sale among it.
///
/// Each variant stands for itself. A parent that gathers them is not made: which themes a product type
/// allows, and with which attributes, is the seller's choice at Amazon.
@Singleton
class Listings {

    private static final String INCLUDED = "summaries,attributes,issues,fulfillmentAvailability";
    private static final String OFFER = "purchasable_offer";

    private final AmazonClient client;

    Listings(AmazonClient client) {
        this.client = client;
    }

    Outcome<Map<String, ListingAnswer>> put(Account account, ListingWrite write) {
        Map<String, ListingAnswer> answers = new LinkedHashMap<>();
        for (Variant variant : write.variants()) {
            Outcome<ListingAnswer> outcome = put(account, variant);
            if (outcome instanceof Done<ListingAnswer>(ListingAnswer answer)) {
                answers.put(variant.offer(), answer);
            } else if (answers.isEmpty()) {
                return Outcome.failed(outcome);
            } else {
                // Those left out are tried again with the page, which changes nothing for the others.
                return new Done<>(answers);
            }
        }
        return new Done<>(answers);
    }

    private Outcome<ListingAnswer> put(Account account, Variant variant) {
        Outcome<Optional<ListingsItem>> look = find(account, variant);
        if (!(look instanceof Done<Optional<ListingsItem>>(Optional<ListingsItem> there))) {
            return Outcome.failed(look);
        }
        if (there.isEmpty() && !variant.active()) {
            return new Done<>(new Live(Ids.UNKNOWN));
        }
        Ids ids = there.map(item -> ids(account, item)).orElse(Ids.UNKNOWN);
        Outcome<Submission> outcome = client.call(
                account, there.isPresent() ? change(account, variant) : create(account, variant), Submission.class);
        return switch (outcome) {
            case Done<Submission>(Submission submission) -> judge(account, submission, ids);
            case Refused<Submission>(String code, String why) ->
                new Done<>(new Rejected(ids, List.of(new ChannelSyncState.Issue(code, why))));
            case Outcome.TryAgain<Submission> _, Unknown<Submission> _ -> Outcome.failed(outcome);
        };
    }

    private Outcome<ListingAnswer> judge(Account account, Submission submission, Ids known) {
        Ids ids = submission.identifiers() == null
                ? known
                : submission.identifiers().stream()
                        .map(AmazonWire.Identifiers::asin)
                        .filter(asin -> asin != null && !asin.isBlank())
                        .findFirst()
                        .map(asin -> new Ids(asin, null, null))
                        .orElse(known);
        return switch (submission.status()) {
            case "ACCEPTED" -> new Done<>(new Accepted(ids, AmazonSettings.lookAfter(account)));
            case "INVALID" -> new Done<>(new Rejected(ids, errors(submission.issues(), true)));
            case null, default -> new Unknown<>("the submission is '%s'".formatted(submission.status()));
        };
    }

    Call create(Account account, Variant variant) {
        ObjectNode body = client.json()
                .createObjectNode()
                .put("productType", variant.content().productType())
                .put("requirements", "LISTING");
        body.set("attributes", attributes(account, variant));
        return new Call(
                Operation.PUT_LISTINGS_ITEM,
                "PUT",
                Quantities.path(account, variant.address().channelSku()),
                Quantities.query(account, "includedData", "identifiers,issues"),
                body);
    }

    Call change(Account account, Variant variant) {
        ObjectNode body = client.json()
                .createObjectNode()
                .put("productType", variant.content().productType());
        ArrayNode patches = body.putArray("patches");
        if (variant.active()) {
            attributes(account, variant)
                    .properties()
                    .forEach(attribute -> patches.addObject()
                            .put("op", "replace")
                            .put("path", "/attributes/" + attribute.getKey())
                            .set("value", attribute.getValue()));
        } else {
            // Without a price nobody can buy it; the page and the number stay.
            patches.addObject()
                    .put("op", "delete")
                    .put("path", "/attributes/" + OFFER)
                    .putArray("value")
                    .addObject()
                    .put("marketplace_id", AmazonSettings.marketplaceId(account));
        }
        return new Call(
                Operation.PATCH_LISTINGS_ITEM,
                "PATCH",
                Quantities.path(account, variant.address().channelSku()),
                Quantities.query(account, "includedData", "identifiers,issues"),
                body);
    }

    private ObjectNode attributes(Account account, Variant variant) {
        return ListingAttributes.of(
                client.json(),
                variant.content(),
                AmazonSettings.marketplaceId(account),
                AmazonSettings.language(account));
    }

    Outcome<Map<String, ListingAnswer>> read(Account account, ListingWrite write) {
        Map<String, ListingAnswer> answers = new LinkedHashMap<>();
        for (Variant variant : write.variants()) {
            Outcome<Optional<ListingsItem>> outcome = find(account, variant);
            if (!(outcome instanceof Done<Optional<ListingsItem>>(Optional<ListingsItem> there))) {
                return Outcome.failed(outcome);
            }
            if (there.isPresent()) {
                answers.put(variant.offer(), standing(account, variant, there.get()));
            } else if (!variant.active()) {
                answers.put(variant.offer(), new Live(Ids.UNKNOWN));
            }
        }
        return new Done<>(answers);
    }

    private Outcome<Optional<ListingsItem>> find(Account account, Variant variant) {
        Outcome<ListingsItem> outcome = client.call(
                account,
                Call.get(
                        Operation.GET_LISTINGS_ITEM,
                        Quantities.path(account, variant.address().channelSku()),
                        Quantities.query(account, "includedData", INCLUDED)),
                ListingsItem.class);
        return switch (outcome) {
            case Done<ListingsItem>(ListingsItem item) -> new Done<>(Optional.of(item));
            case Refused<ListingsItem>(String code, String _)
            when code.equals(AmazonClient.NOT_FOUND) -> new Done<>(Optional.empty());
            case Refused<ListingsItem> _, Outcome.TryAgain<ListingsItem> _, Unknown<ListingsItem> _ ->
                Outcome.failed(outcome);
        };
    }

    /// Live when the title and the price are as wanted and nothing is wrong with it.
    private ListingAnswer standing(Account account, Variant variant, ListingsItem item) {
        Ids ids = ids(account, item);
        List<ChannelSyncState.Issue> errors = errors(item.issues(), false);
        if (!errors.isEmpty()) {
            return new Rejected(ids, errors);
        }
        boolean asWanted = variant.active()
                ? says(variant, item)
                : !item.attributes().path(OFFER).path(0).isObject();
        return asWanted ? new Live(ids) : new Accepted(ids, AmazonSettings.lookAfter(account));
    }

    private static boolean says(Variant variant, ListingsItem item) {
        JsonNode attributes = item.attributes();
        JsonNode price = attributes
                .path(OFFER)
                .path(0)
                .path("our_price")
                .path(0)
                .path("schedule")
                .path(0)
                .path("value_with_tax");
        boolean priced = variant.content().price() == null
                || (price.isNumber()
                        && price.decimalValue()
                                        .compareTo(new java.math.BigDecimal(
                                                variant.content().price().toDecimal()))
                                == 0);
        return priced
                && variant.content()
                        .title()
                        .equals(attributes
                                .path("item_name")
                                .path(0)
                                .path("value")
                                .asText());
    }

    private static Ids ids(Account account, ListingsItem item) {
        String marketplace = AmazonSettings.marketplaceId(account);
        @Nullable
        String asin = item.summaries() == null
                ? null
                : item.summaries().stream()
                        .filter(summary -> marketplace.equals(summary.marketplaceId()))
                        .map(Summary::asin)
                        .filter(found -> found != null && !found.isBlank())
                        .findFirst()
                        .orElse(null);
        return asin == null ? Ids.UNKNOWN : new Ids(asin, null, null);
    }

    /// @param some whether there must be one, because the channel said no
    private static List<ChannelSyncState.Issue> errors(@Nullable List<Issue> issues, boolean some) {
        List<ChannelSyncState.Issue> errors = (issues == null ? List.<Issue>of() : issues)
                .stream()
                        .filter(Issue::isError)
                        .map(issue -> new ChannelSyncState.Issue(issue.code(), issue.message()))
                        .toList();
        return some && errors.isEmpty()
                ? List.of(new ChannelSyncState.Issue("INVALID", "Amazon named no reason"))
                : errors;
    }
}
