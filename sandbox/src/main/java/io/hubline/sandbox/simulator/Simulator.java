package io.hubline.sandbox.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The running simulator: one HTTP server for all its channels.
///
/// `/{root}/...` is the channel's with that root, `/control/{root}/...` its control API, `/` and `/health`
/// say what is hosted.
public final class Simulator implements AutoCloseable {

    /// The header that carries the control token.
    public static final String TOKEN_HEADER = "X-Control-Token";

    private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

    private static final int WAITING_CONNECTIONS = 512;

    static {
        // Without it, small answers wait for the reader's delayed acknowledgement, 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final String bind;
    private final String controlToken;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final HttpServer server;

    private Simulator(String bind, int port, String controlToken, List<? extends Channel> mounted) throws IOException {
        this.bind = bind;
        this.controlToken = controlToken;
        mounted.forEach(channel -> channels.put(channel.root(), channel));
        this.server = HttpServer.create(new InetSocketAddress(bind, port), WAITING_CONNECTIONS);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
    }

    /// Mounts the channels and listens. Port 0 takes a free one. Closing the simulator closes its channels.
    public static Simulator start(String bind, int port, String controlToken, List<? extends Channel> channels)
            throws IOException {
        Simulator simulator = new Simulator(bind, port, controlToken, channels);
        simulator.server.start();
        return simulator;
    }

    /// Where the simulator listens.
    public URI uri() {
        return URI.create("http://%s:%d".formatted(bind, server.getAddress().getPort()));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange, segments(exchange));
            } catch (Answers.Refused refused) {
                Answers.refuse(exchange, refused.status(), String.valueOf(refused.getMessage()));
            } catch (UncheckedIOException | IllegalStateException broken) {
                LOG.log(System.Logger.Level.ERROR, "the simulator broke", broken);
                Answers.refuse(exchange, 500, "the simulator broke: " + broken.getMessage());
            }
        }
    }

    private void route(HttpExchange exchange, List<String> path) throws IOException {
        if (path.isEmpty() || path.equals(List.of("health"))) {
            Map<String, Object> health = new LinkedHashMap<>();
            health.put("status", "UP");
            channels.forEach((root, channel) -> health.put(root, channel.members()));
            Answers.send(exchange, 200, health);
            return;
        }
        boolean control = path.getFirst().equals("control");
        if (control) {
            admit(exchange);
        }
        List<String> rest = control ? path.subList(1, path.size()) : path;
        Channel channel = rest.isEmpty() ? null : channels.get(rest.getFirst());
        if (channel != null && control) {
            channel.control(exchange, rest.subList(1, rest.size()));
        } else if (channel != null) {
            channel.serve(exchange, rest.subList(1, rest.size()));
        } else if (control) {
            throw new Answers.Refused(404, "the control API has no /" + String.join("/", rest));
        } else {
            Answers.send(exchange, 404, Map.of("errors", "Not Found"));
        }
    }

    private void admit(HttpExchange exchange) {
        if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                || !tokenFits(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
            throw new Answers.Refused(401, "the control API needs its token, from this machine");
        }
    }

    private boolean tokenFits(@Nullable String offered) {
        return offered != null
                && MessageDigest.isEqual(
                        controlToken.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> segments(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getPath().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        channels.values().forEach(Channel::close);
    }
}
