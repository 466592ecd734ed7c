package io.hubline.sandbox.shopify.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Carries one delivery with the vendor's patience: one second to connect, five to answer.
public final class Postman implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int DELIVERIES_AT_ONCE = 32;

    private final HttpClient http;
    private final Semaphore open = new Semaphore(DELIVERIES_AT_ONCE, true);

    public Postman(Executor threads) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .executor(threads)
                .build();
    }

    /// The status of the answer, or 0 when there was none in time.
    public int deliver(WebhookMessage message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.target()).timeout(ANSWER_WITHIN);
        message.headers().forEach(request::header);
        request.POST(HttpRequest.BodyPublishers.ofString(message.body()));
        try {
            open.acquire();
            try {
                return http.send(request.build(), BodyHandlers.discarding()).statusCode();
            } finally {
                open.release();
            }
        } catch (IOException nobodyAnswered) {
            return 0;
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
