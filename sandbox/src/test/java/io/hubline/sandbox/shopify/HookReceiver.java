package io.hubline.sandbox.shopify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/// A subscriber that keeps what it is told and answers as it is told to.
final class HookReceiver implements AutoCloseable {

    record Delivery(String topic, String webhookId, String eventId, String signature, String domain, String body) {}

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /// `answers` gives the status for the n-th delivery, counted from 1.
    HookReceiver(IntUnaryOperator answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int number;
                synchronized (deliveries) {
                    deliveries.add(new Delivery(
                            headers.getFirst("X-Shopify-Topic"),
                            headers.getFirst("X-Shopify-Webhook-Id"),
                            headers.getFirst("X-Shopify-Event-Id"),
                            headers.getFirst("X-Shopify-Hmac-SHA256"),
                            headers.getFirst("X-Shopify-Shop-Domain"),
                            body));
                    number = deliveries.size();
                }
                exchange.sendResponseHeaders(answers.applyAsInt(number), -1);
            }
        });
        server.start();
    }

    URI uri() {
        return URI.create(
                "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
