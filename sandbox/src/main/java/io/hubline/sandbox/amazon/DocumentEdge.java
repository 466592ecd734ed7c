package io.hubline.sandbox.amazon;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.amazon.store.FeedDocument;
import io.hubline.sandbox.amazon.store.Seller;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The store of files beside the API. An address with its signature is all it asks for, and it answers in
/// the words of an object store.
final class DocumentEdge {

    private DocumentEdge() {}

    static void serve(HttpExchange exchange, Collection<SimulatedSeller> sellers, String documentId)
            throws IOException {
        for (SimulatedSeller each : sellers) {
            FeedDocument document = each.seller().document(documentId).orElse(null);
            if (document != null) {
                serve(exchange, each.seller(), document);
                return;
            }
        }
        refuse(exchange, 404, "NoSuchKey");
    }

    private static void serve(HttpExchange exchange, Seller seller, FeedDocument document) throws IOException {
        if (!Objects.equals(exchange.getRequestURI().getRawQuery(), "X-Amz-Signature=" + document.signature())) {
            refuse(exchange, 403, "SignatureDoesNotMatch");
        } else if (!document.open(seller.now())) {
            refuse(exchange, 403, "AccessDenied");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            put(exchange, seller, document);
        } else if (exchange.getRequestMethod().equals("GET")) {
            get(exchange, document);
        } else {
            refuse(exchange, 405, "MethodNotAllowed");
        }
    }

    /// The content type is part of what was signed.
    private static void put(HttpExchange exchange, Seller seller, FeedDocument document) throws IOException {
        String text = Answers.body(exchange);
        if (!same(exchange.getRequestHeaders().getFirst("Content-Type"), document.contentType())) {
            refuse(exchange, 403, "SignatureDoesNotMatch");
        } else if (seller.upload(document, text)) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            refuse(exchange, 403, "AccessDenied");
        }
    }

    private static boolean same(@Nullable String sent, String signed) {
        return sent != null && sent.replace(" ", "").equalsIgnoreCase(signed.replace(" ", ""));
    }

    private static void get(HttpExchange exchange, FeedDocument document) throws IOException {
        String content = document.content();
        if (content == null) {
            refuse(exchange, 404, "NoSuchKey");
            return;
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", document.contentType());
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] bytes = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code></Error>"
                .formatted(code)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
