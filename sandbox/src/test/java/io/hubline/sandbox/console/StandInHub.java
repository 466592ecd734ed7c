package io.hubline.sandbox.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hubline.sandbox.console.Watched.Kind;
import io.hubline.sandbox.console.Watched.Part;
import io.hubline.sandbox.console.Watched.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A hub of stand-ins that answer over real HTTP what a test wants them to say.
final class StandInHub implements Watched, AutoCloseable {

    static final String TOKEN = "the-token-of-the-page";

    private static final List<String> SERVICES =
            List.of("connector", "order", "inventory", "catalog-pim", "routing", "returns");
    private static final Instant STARTED = Instant.parse("2026-11-23T10:00:00Z");

    private final Map<String, StandIn> standIns = new LinkedHashMap<>();
    private final List<Part> more = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);

    StandInHub() throws IOException {
        for (String service : SERVICES) {
            standIns.put(service, new StandIn());
            says(service, "/q/health/ready", 200, "{\"status\":\"UP\",\"checks\":[]}");
            says(service, "/q/metrics", 200, "# TYPE hubline_dead_letters gauge\nhubline_dead_letters 0.0\n");
        }
        says("connector", "/sync", 200, "{\"inSync\":true,\"accounts\":[]}");
    }

    void says(String service, String path, int status, String body) {
        standIn(service).answers.put(path, new Said(status, body));
    }

    /// The process ends: its ports are closed.
    void dies(String service) {
        standIn(service).server.stop(0);
        standIn(service).run = Run.ENDED;
    }

    /// The process goes on and says nothing more.
    void hangs(String service) {
        standIn(service).hangs = true;
    }

    void notStarted(String service) {
        standIn(service).run = Run.NOT_STARTED;
    }

    void add(Part part) {
        more.add(part);
    }

    int portOf(String service) {
        return standIn(service).port();
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        standIns.forEach((name, standIn) ->
                parts.add(new Part(name, Kind.SERVICE, standIn.port(), standIn.port(), standIn.run, STARTED)));
        parts.addAll(more);
        return parts;
    }

    @Override
    public String token() {
        return TOKEN;
    }

    @Override
    public void close() {
        over.countDown();
        standIns.values().forEach(standIn -> standIn.server.stop(0));
        threads.close();
    }

    private StandIn standIn(String service) {
        StandIn standIn = standIns.get(service);
        if (standIn == null) {
            throw new IllegalArgumentException("there is no " + service);
        }
        return standIn;
    }

    private record Said(int status, String body) {}

    private final class StandIn {

        private final HttpServer server;
        private final Map<String, Said> answers = new LinkedHashMap<>();
        private volatile boolean hangs;
        private volatile Run run = Run.RUNNING;

        StandIn() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                if (hangs) {
                    over.await();
                }
                String path = exchange.getRequestURI().getPath();
                Said said = answers.getOrDefault(path, new Said(404, ""));
                String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                boolean open = path.startsWith("/q/") || ("Bearer " + TOKEN).equals(authorization);
                byte[] body = (open ? said.body() : "").getBytes(UTF_8);
                exchange.sendResponseHeaders(open ? said.status() : 401, body.length == 0 ? -1 : body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the test is over", e);
            }
        }
    }
}
