package io.hubline.sandbox.simulator.process;

import io.hubline.sandbox.amazon.AmazonChannel;
import io.hubline.sandbox.amazon.AmazonConfig;
import io.hubline.sandbox.shopify.ShopifyChannel;
import io.hubline.sandbox.shopify.ShopifyConfig;
import io.hubline.sandbox.simulator.Channel;
import io.hubline.sandbox.simulator.Simulator;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/// Starts the simulator: `SimulatorMain --port N --config FILE`. It runs until it is stopped by a signal
/// and forgets everything then.
public final class SimulatorMain {

    private static final int WRONG_USAGE = 2;

    private SimulatorMain() {}

    /// Exits with 2 and a sentence on standard error when an argument or the configuration is wrong.
    public static void main(String[] arguments) throws InterruptedException {
        try {
            int port = Integer.parseInt(value(arguments, "--port"));
            Properties properties = read(Path.of(value(arguments, "--config")));
            Simulator simulator = Simulator.start(
                    properties.getProperty("bind", "127.0.0.1"),
                    port,
                    controlToken(properties),
                    channels(properties, InstantSource.system()));
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                simulator.close();
                                stopped.countDown();
                            },
                            "stop"));
            System.err.println("simulator ready on " + simulator.uri());
            stopped.await();
        } catch (IllegalArgumentException | IOException wrong) {
            System.err.println("simulator: " + wrong.getMessage());
            System.exit(WRONG_USAGE);
        }
    }

    /// The channels that the file names; at least one.
    private static List<Channel> channels(Properties properties, InstantSource clock) {
        List<Channel> channels = new ArrayList<>();
        if (properties.containsKey("shops")) {
            channels.add(ShopifyChannel.open(ShopifyConfig.of(properties), clock));
        }
        if (properties.containsKey("amazon.sellers")) {
            channels.add(AmazonChannel.open(AmazonConfig.of(properties), clock));
        }
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("the configuration names neither shops nor amazon.sellers");
        }
        return channels;
    }

    private static String controlToken(Properties properties) {
        String token = properties.getProperty("control.token", "").trim();
        if (token.isEmpty()) {
            throw new IllegalArgumentException("the property control.token is missing");
        }
        return token;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    private static String value(String[] arguments, String name) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals(name)) {
                return arguments[i + 1];
            }
        }
        throw new IllegalArgumentException("usage: --port N --config FILE; missing " + name);
    }
}
