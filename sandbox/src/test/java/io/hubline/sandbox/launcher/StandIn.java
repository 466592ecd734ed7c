package io.hubline.sandbox.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Answers on a service's ports as the service would while it is well, and nothing more.
final class StandIn {

    private StandIn() {}

    public static void main(String[] arguments) throws IOException {
        Properties properties = new Properties();
        Path file = Path.of(URI.create(System.getProperty("quarkus.config.locations")));
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        if (Files.exists(file.resolveSibling("broken"))) {
            throw new IllegalStateException("this stand-in is broken");
        }
        listen(properties, "quarkus.http.port");
        listen(properties, "quarkus.management.port");
    }

    private static void listen(Properties properties, String key) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(properties.getProperty(key))),
                0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
