package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.amazon.AmazonClient.Call;
import io.hubline.connector.adapter.amazon.AmazonWire.Availability;
import io.hubline.connector.adapter.amazon.AmazonWire.Issue;
import io.hubline.connector.adapter.amazon.AmazonWire.ListingsItem;
import io.hubline.connector.adapter.amazon.AmazonWire.Submission;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.WriteAnswer;
import io.hubline.connector.spi.WriteAnswer.Accepted;
import io.hubline.connector.spi.WriteAnswer.Fault;
import io.hubline.connector.spi.WriteAnswer.NotApplied;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Sets and reads the number of the seller's own stock. It is absolute, and taken before it stands.
@Singleton
class Quantities {

    /// Amazon's word for stock that the seller ships.
    static final String OWN_STOCK = "DEFAULT";

    private final AmazonClient client;

    Quantities(AmazonClient client) {
        this.client = client;
    }

    /// The address of a SKU's listing.
    static String path(Account account, String sku) {
        return "/listings/2021-08-01/items/%s/%s"
                .formatted(AmazonClient.part(AmazonSettings.sellerId(account)), AmazonClient.part(sku));
    }

    static Map<String, String> query(Account account, String name, String value) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("marketplaceIds", AmazonSettings.marketplaceId(account));
        query.put("issueLocale", AmazonSettings.language(account));
        query.put(name, value);
        return query;
    }

    Outcome<WriteAnswer> set(Account account, QuantityWrite write) {
        ObjectNode body = client.json().createObjectNode().put("productType", "PRODUCT");
        // Merged, so that the lead time and the restock date beside it stay.
        body.putArray("patches")
                .addObject()
                .put("op", "merge")
                .put("path", "/attributes/fulfillment_availability")
                .putArray("value")
                .addObject()
                .put("fulfillment_channel_code", OWN_STOCK)
                .put("quantity", write.quantity());
        Call call = new Call(
                Operation.PATCH_LISTINGS_ITEM,
                "PATCH",
                path(account, write.place().item()),
                query(account, "includedData", "issues"),
                body);
        Outcome<Submission> outcome = client.call(account, call, Submission.class);
        return switch (outcome) {
            case Done<Submission>(Submission submission) -> judge(submission, AmazonSettings.lookAfter(account));
            // The SKU is not there, or may not be written: nothing about the call as such.
            case Refused<Submission>(String code, String why) ->
                new Done<>(new NotApplied(Map.of(0, new Fault.Rejected(code, why))));
            case Outcome.TryAgain<Submission> _, Unknown<Submission> _ -> Outcome.failed(outcome);
        };
    }

    /// What a submission's answer means for a number.
    static Outcome<WriteAnswer> judge(Submission submission, Duration lookAfter) {
        List<Issue> issues = submission.issues() == null ? List.of() : submission.issues();
        return switch (submission.status()) {
            case "ACCEPTED" -> new Done<>(new Accepted(lookAfter));
            case "INVALID" ->
                new Done<>(new NotApplied(Map.of(
                        0,
                        new Fault.Rejected(
                                issues.stream().map(Issue::code).findFirst().orElse("INVALID"),
                                issues.stream()
                                        .filter(Issue::isError)
                                        .map(Issue::message)
                                        .collect(Collectors.joining("; "))))));
            // The answer to a rehearsal, which none was asked for.
            case null, default -> new Unknown<>("the submission is '%s'".formatted(submission.status()));
        };
    }

    Outcome<Map<Place, OptionalLong>> read(Account account, List<Place> places) {
        Map<Place, OptionalLong> read = new HashMap<>();
        for (Place place : places) {
            Outcome<ListingsItem> outcome = client.call(
                    account,
                    Call.get(
                            Operation.GET_LISTINGS_ITEM,
                            path(account, place.item()),
                            query(account, "includedData", "fulfillmentAvailability")),
                    ListingsItem.class);
            switch (outcome) {
                case Done<ListingsItem>(ListingsItem item) -> read.put(place, quantity(item));
                case Refused<ListingsItem>(String code, String _)
                when code.equals(AmazonClient.NOT_FOUND) -> read.put(place, OptionalLong.empty());
                case Refused<ListingsItem> _, Outcome.TryAgain<ListingsItem> _, Unknown<ListingsItem> _ -> {
                    return Outcome.failed(outcome);
                }
            }
        }
        return new Done<>(read);
    }

    /// A listing without any stock shows nothing for sale. One that Amazon ships from its own stock shows
    /// no number of ours, and giving it one would take it out of Amazon's hands.
    static OptionalLong quantity(ListingsItem item) {
        List<Availability> stocks = item.fulfillmentAvailability() == null ? List.of() : item.fulfillmentAvailability();
        if (stocks.isEmpty()) {
            return OptionalLong.of(0);
        }
        return stocks.stream()
                .filter(stock -> OWN_STOCK.equals(stock.fulfillmentChannelCode()))
                .mapToLong(stock -> stock.quantity() == null ? 0 : stock.quantity())
                .findFirst();
    }
}
