package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.api.PageTokens.Place;
import io.hubline.sandbox.amazon.api.PageTokens.Position;
import io.hubline.sandbox.amazon.store.Feed;
import io.hubline.sandbox.amazon.store.FeedDocument;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.Refusal;
import io.hubline.sandbox.amazon.store.Seller;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Feeds 2021-06-30: a file is uploaded beside the API, then queued, then asked about.
final class FeedsApi {

    private static final int MOST_FILTERS = 10;
    private static final int MOST_PER_PAGE = 100;
    private static final int USUAL_PER_PAGE = 10;
    private static final int MOST_MARKETPLACES = 25;
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Set<String> STAGES = Set.of("CANCELLED", "DONE", "FATAL", "IN_PROGRESS", "IN_QUEUE");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Seller seller;
    private final PageTokens tokens;

    FeedsApi(Seller seller, PageTokens tokens) {
        this.seller = seller;
        this.tokens = tokens;
    }

    ApiAnswer createDocument(ApiCall call) {
        call.query().allow();
        JsonNode body = Bodies.object(call);
        Bodies.allow(body, "", Set.of("contentType"));
        FeedDocument document = seller.newDocument(Bodies.text(body, "", "contentType"));
        return new ApiAnswer(
                201, JSON.objectNode().put("feedDocumentId", document.id()).put("url", address(call.base(), document)));
    }

    private static String address(URI base, FeedDocument document) {
        return base + "/documents/" + document.id() + "?X-Amz-Signature=" + document.signature();
    }

    ApiAnswer getDocument(String documentId, ApiCall call) {
        call.query()
                .allow("enableContentEncodingUrlHeader")
                .one("enableContentEncodingUrlHeader", Set.of("true", "false"));
        FeedDocument document = seller.document(documentId)
                .orElseThrow(() -> ApiError.notFound("The feed document '%s' does not exist.".formatted(documentId)));
        seller.reopen(document);
        return ApiAnswer.ok(
                JSON.objectNode().put("feedDocumentId", document.id()).put("url", address(call.base(), document)));
    }

    ApiAnswer create(ApiCall call) {
        call.query().allow();
        JsonNode body = Bodies.object(call);
        Bodies.allow(body, "", Set.of("feedType", "marketplaceIds", "inputFeedDocumentId", "feedOptions"));
        String type = Bodies.text(body, "", "feedType");
        String documentId = Bodies.text(body, "", "inputFeedDocumentId");
        JsonNode marketplaces = body.path("marketplaceIds");
        if (!marketplaces.isArray() || marketplaces.isEmpty() || marketplaces.size() > MOST_MARKETPLACES) {
            throw ApiError.invalid(
                    "Invalid Input: marketplaceIds must have 1 to %d entries.".formatted(MOST_MARKETPLACES));
        }
        for (JsonNode each : marketplaces) {
            if (!each.asText().equals(seller.marketplace().id())) {
                throw ApiError.invalid(
                        "Invalid Input: the seller does not sell in marketplace '%s'.".formatted(each.asText()));
            }
        }
        JsonNode options = body.path("feedOptions");
        if (!options.isMissingNode() && !(options.isObject() && options.isEmpty())) {
            throw ApiError.invalid("Invalid Input: feedType '%s' has no feedOptions.".formatted(type));
        }
        try {
            return new ApiAnswer(
                    202,
                    JSON.objectNode()
                            .put("feedId", seller.submitFeed(type, documentId).id()));
        } catch (Refusal refused) {
            throw ApiError.invalid("Invalid Input: " + refused.why());
        }
    }

    ApiAnswer get(String feedId, Query query) {
        query.allow();
        return ApiAnswer.ok(seller.feed(feedId)
                .map(FeedsApi::feed)
                .orElseThrow(() -> ApiError.notFound("The feed '%s' does not exist.".formatted(feedId))));
    }

    private static ObjectNode feed(Feed feed) {
        ObjectNode shown = JSON.objectNode().put("feedId", feed.id()).put("feedType", feed.type());
        shown.putArray("marketplaceIds").add(feed.marketplaceId());
        shown.put("createdTime", feed.createdAt().toString())
                .put("processingStatus", feed.stage().name());
        time(shown, "processingStartTime", feed.startedAt());
        time(shown, "processingEndTime", feed.endedAt());
        String report = feed.reportId();
        if (report != null) {
            shown.put("resultFeedDocumentId", report);
        }
        return shown;
    }

    private static void time(ObjectNode shown, String name, @Nullable Instant at) {
        if (at != null) {
            shown.put(name, at.toString());
        }
    }

    /// Newest first.
    ApiAnswer list(Query query) {
        query.allow(
                "feedTypes",
                "marketplaceIds",
                "pageSize",
                "processingStatuses",
                "createdSince",
                "createdUntil",
                "nextToken");
        List<String> types = query.list("feedTypes", MOST_FILTERS);
        if (types.isEmpty()) {
            throw ApiError.invalid("Invalid Input: feedTypes is required.");
        }
        for (String id : query.list("marketplaceIds", MOST_FILTERS)) {
            if (Marketplace.of(id).isEmpty()) {
                throw ApiError.invalid("Invalid Input: '%s' is not a marketplace.".formatted(id));
            }
        }
        List<String> marketplaces = query.list("marketplaceIds", MOST_FILTERS);
        List<String> stages = query.list("processingStatuses", STAGES);
        int most = query.number("pageSize", 1, MOST_PER_PAGE, USUAL_PER_PAGE);
        Instant since = query.instant("createdSince");
        Instant until = query.instant("createdUntil");
        Instant from = since == null ? seller.now().minus(KEPT) : since;
        Instant to = until == null ? seller.now() : until;
        String token = query.one("nextToken");
        String asked = query.without("nextToken");
        Place place = token == null ? null : tokens.redeem("nextToken", token, asked);
        List<Feed> found = seller.feeds().stream()
                .filter(feed -> types.contains(feed.type()))
                .filter(feed -> marketplaces.isEmpty() || marketplaces.contains(feed.marketplaceId()))
                .filter(feed -> stages.isEmpty() || stages.contains(feed.stage().name()))
                .filter(feed ->
                        !feed.createdAt().isBefore(from) && !feed.createdAt().isAfter(to))
                .sorted(Comparator.comparing(FeedsApi::position).reversed())
                .filter(feed -> place == null || position(feed).compareTo(place.after()) < 0)
                .toList();
        List<Feed> page = found.subList(0, Math.min(most, found.size()));
        ObjectNode body = JSON.objectNode();
        ArrayNode feeds = body.putArray("feeds");
        page.forEach(feed -> feeds.add(feed(feed)));
        if (page.size() < found.size()) {
            body.put("nextToken", tokens.issue(asked, to, position(page.getLast())));
        }
        return ApiAnswer.ok(body);
    }

    private static Position position(Feed feed) {
        return new Position(feed.createdAt(), feed.id());
    }
}
