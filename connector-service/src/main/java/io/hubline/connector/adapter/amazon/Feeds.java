package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.amazon.AmazonClient.Call;
import io.hubline.connector.adapter.amazon.AmazonWire.Document;
import io.hubline.connector.adapter.amazon.AmazonWire.Feed;
import io.hubline.connector.adapter.amazon.AmazonWire.NewDocument;
import io.hubline.connector.adapter.amazon.AmazonWire.NewFeed;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files that Amazon works through in its own time: a document is made, uploaded, submitted, and reported
/// on.
@Singleton
class Feeds {

    private static final String PATH = "/feeds/2021-06-30";

    private final AmazonClient client;

    Feeds(AmazonClient client) {
        this.client = client;
    }

    /// A tab-separated file.
    ///
    /// @param rows as wide as the columns are many; a tab or line break in a cell becomes a space
    static String file(List<String> columns, List<List<String>> rows) {
        StringBuilder file = new StringBuilder(String.join("\t", columns)).append('\n');
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("%d cells under %d columns".formatted(row.size(), columns.size()));
            }
            file.append(String.join(
                            "\t",
                            row.stream()
                                    .map(cell -> cell.replaceAll("[\\t\\r\\n]", " "))
                                    .toList()))
                    .append('\n');
        }
        return file.toString();
    }

    /// Makes a document and uploads the file, which changes nothing yet.
    ///
    /// @return the document's id
    Outcome<String> prepare(Account account, String file) {
        ObjectNode body = client.json().createObjectNode().put("contentType", AmazonClient.FEED_CONTENT_TYPE);
        Outcome<NewDocument> made = client.call(
                account, Call.post(Operation.CREATE_FEED_DOCUMENT, PATH + "/documents", body), NewDocument.class);
        if (!(made instanceof Done<NewDocument>(NewDocument document))) {
            return Outcome.failed(made);
        }
        if (document.feedDocumentId() == null || document.url() == null) {
            return new Refused<>("UNREADABLE", "the answer names no document, or no address for it");
        }
        Outcome<Boolean> uploaded = client.upload(document.url(), file);
        return uploaded instanceof Done<Boolean> ? new Done<>(document.feedDocumentId()) : Outcome.failed(uploaded);
    }

    /// Has an uploaded file worked through.
    ///
    /// @return the feed's id
    Outcome<String> submit(Account account, String type, String documentId) {
        ObjectNode body = client.json().createObjectNode().put("feedType", type).put("inputFeedDocumentId", documentId);
        body.putArray("marketplaceIds").add(AmazonSettings.marketplaceId(account));
        Outcome<NewFeed> made =
                client.call(account, Call.post(Operation.CREATE_FEED, PATH + "/feeds", body), NewFeed.class);
        if (!(made instanceof Done<NewFeed>(NewFeed feed))) {
            return Outcome.failed(made);
        }
        return feed.feedId() == null ? new Unknown<>("the answer names no feed") : new Done<>(feed.feedId());
    }

    /// The ids of all feeds of a type since a moment.
    Outcome<List<String>> since(Account account, String type, Instant since) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("feedTypes", type);
        query.put("createdSince", since.toString());
        query.put("pageSize", "100");
        Outcome<AmazonWire.Feeds> found =
                client.call(account, Call.get(Operation.GET_FEEDS, PATH + "/feeds", query), AmazonWire.Feeds.class);
        if (!(found instanceof Done<AmazonWire.Feeds>(AmazonWire.Feeds feeds))) {
            return Outcome.failed(found);
        }
        return feeds.feeds() == null
                ? new Refused<>("UNREADABLE", "the answer has no feeds, not even none")
                : new Done<>(feeds.feeds().stream().map(Feed::feedId).toList());
    }

    /// How far Amazon is with a feed.
    sealed interface Stage {

        record Working() implements Stage {}

        /// Worked through.
        ///
        /// @param reportId null where there is no report
        record Over(@Nullable String reportId) implements Stage {}

        /// It was not worked through, and will not be.
        ///
        /// @param reportId null where there is no report
        record Failed(String status, @Nullable String reportId) implements Stage {}
    }

    Outcome<Stage> stage(Account account, String feedId) {
        Outcome<Feed> found = client.call(
                account,
                Call.get(Operation.GET_FEED, PATH + "/feeds/" + AmazonClient.part(feedId), Map.of()),
                Feed.class);
        if (!(found instanceof Done<Feed>(Feed feed))) {
            return Outcome.failed(found);
        }
        return switch (feed.processingStatus()) {
            case "IN_QUEUE", "IN_PROGRESS" -> new Done<>(new Stage.Working());
            case "DONE" -> new Done<>(new Stage.Over(feed.resultFeedDocumentId()));
            case "CANCELLED", "FATAL" ->
                new Done<>(new Stage.Failed(feed.processingStatus(), feed.resultFeedDocumentId()));
            case null, default -> new Refused<>("UNREADABLE", "unknown status '%s'".formatted(feed.processingStatus()));
        };
    }

    /// What Amazon found wrong, row by row; empty when nothing, or when it wrote no report.
    Outcome<List<String>> complaints(Account account, @Nullable String reportId) {
        if (reportId == null) {
            return new Done<>(List.of());
        }
        Outcome<Document> found = client.call(
                account,
                Call.get(Operation.GET_FEED_DOCUMENT, PATH + "/documents/" + AmazonClient.part(reportId), Map.of()),
                Document.class);
        if (!(found instanceof Done<Document>(Document document))) {
            return Outcome.failed(found);
        }
        if (document.url() == null) {
            return new Refused<>("UNREADABLE", "the report has no address");
        }
        Outcome<String> report = client.download(document.url(), document.compressionAlgorithm() != null);
        return report instanceof Done<String>(String text) ? new Done<>(complaints(text)) : Outcome.failed(report);
    }

    /// The rows of a report that say Error: number, order, code, type, message, in columns that its header
    /// names.
    static List<String> complaints(String report) {
        List<String> complaints = new ArrayList<>();
        @Nullable List<String> header = null;
        for (String line : report.lines().toList()) {
            List<String> cells = List.of(line.split("\t", -1));
            if (cells.contains("error-code")) {
                header = cells;
            } else if (header != null && cells.size() >= header.size()) {
                String type = cell(header, cells, "error-type");
                if (!type.equalsIgnoreCase("Warning")) {
                    complaints.add("%s: %s"
                            .formatted(cell(header, cells, "error-code"), cell(header, cells, "error-message")));
                }
            }
        }
        return complaints;
    }

    private static String cell(List<String> header, List<String> cells, String column) {
        int position = header.indexOf(column);
        return position < 0 ? "" : cells.get(position).strip();
    }
}
