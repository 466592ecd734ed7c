package io.hubline.sandbox.shopify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/// Starts the simulator: `SimulatorMain --port N --config FILE`. It runs until it is stopped by a signal and
/// forgets everything then.
public final class SimulatorMain {

    private static final int WRONG_USAGE = 2;

    private SimulatorMain() {}

    /// Exits with 2 and a sentence on standard error when an argument or the configuration is wrong.
    public static void main(String[] arguments) throws InterruptedException {
        try {
            int port = Integer.parseInt(value(arguments, "--port"));
            SimulatorConfig config = SimulatorConfig.read(Path.of(value(arguments, "--config")));
            Simulator simulator = Simulator.start(config, port, InstantSource.system());
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

    private static String value(String[] arguments, String name) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals(name)) {
                return arguments[i + 1];
            }
        }
        throw new IllegalArgumentException("usage: --port N --config FILE; missing " + name);
    }
}
