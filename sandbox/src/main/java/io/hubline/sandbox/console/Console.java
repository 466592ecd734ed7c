package io.hubline.sandbox.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Serves the index page: `/` for people, `/status.json` for programs.
///
/// It listens on the loopback address alone and looks at the Host header, so that no page of another site
/// can read it under a name that it lets point here. It answers GET and HEAD and changes nothing.
public final class Console implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Console.class.getName());
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> hosts;
    private final HubLook look;
    private final IndexPage page;

    private Console(HttpServer server, int portBase, Watched watched) {
        this.server = server;
        int port = server.getAddress().getPort();
        this.hosts = Set.of("localhost:" + port, "127.0.0.1:" + port);
        this.look = new HubLook(portBase, watched, InstantSource.system());
        this.page = new IndexPage(ZoneId.systemDefault());
    }

    /// Serves from now on, until it is closed.
    ///
    /// @param port on the loopback address; 0 for any
    /// @throws IOException when the port is not to be had
    public static Console open(int port, int portBase, Watched watched) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        Console console = new Console(server, portBase, watched);
        server.setExecutor(console.threads);
        server.createContext("/", console::serve);
        server.start();
        // The first question of a process is slow, since it loads what the others use; nobody shall wait for that.
        console.threads.execute(console::warmUp);
        return console;
    }

    /// Where it listens.
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void warmUp() {
        try {
            look.warmUp(port());
        } catch (InterruptedException e) {
            // Closed already.
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            String host = exchange.getRequestHeaders().getFirst("Host");
            String method = exchange.getRequestMethod();
            if (host == null || !hosts.contains(host)) {
                answer(exchange, 421, "text/plain", "This page answers under the name localhost only.\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                headers.set("Allow", "GET, HEAD");
                answer(exchange, 405, "text/plain", "This page only shows; it changes nothing.\n");
            } else {
                show(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while looking", e);
        } catch (RuntimeException e) {
            // The server itself would close the connection and say nothing to anybody.
            LOGGER.log(Level.WARNING, "The index page broke", e);
            throw e;
        }
    }

    private void show(HttpExchange exchange) throws IOException, InterruptedException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> {
                String html = page.write(look.facts());
                exchange.getResponseHeaders().set("Content-Security-Policy", page.contentSecurityPolicy());
                answer(exchange, 200, "text/html", html);
            }
            case "/status.json" -> answer(exchange, 200, "application/json", JSON.writeValueAsString(look.facts()));
            default -> answer(exchange, 404, "text/plain", "There is nothing here; the page is at /.\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", type.equals("application/json") ? type : type + "; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
