package io.hubline.sandbox.launcher;

import io.hubline.embedded.DaemonSettings;
import io.hubline.embedded.LocalTokens;
import io.hubline.sandbox.console.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The hub as its index page looks at it.
final class WatchedHub implements Watched {

    /// Renewed well before it ends. It is short, since nothing but the page's own questions needs it.
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

    private final Hub hub;
    private final Function<String, Optional<Running>> running;
    private final LocalTokens tokens;
    private String token = "";
    private long tokenEnds = System.nanoTime();

    /// @param running a part's process by its name; empty while it was never started
    WatchedHub(Hub hub, Function<String, Optional<Running>> running, LocalTokens tokens) {
        this.hub = hub;
        this.running = running;
        this.tokens = tokens;
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Service service : Service.values()) {
            parts.add(
                    part(service.part(), service.part(), Kind.SERVICE, service.port(hub), service.managementPort(hub)));
        }
        parts.add(part(Hub.SIMULATOR, Hub.SIMULATOR, Kind.SIMULATOR, hub.simulatorPort(), 0));
        DaemonSettings.Ports stores = hub.infrastructurePorts();
        parts.add(part("postgres", Hub.INFRASTRUCTURE, Kind.STORE, stores.postgres(), 0));
        parts.add(part("kafka", Hub.INFRASTRUCTURE, Kind.STORE, stores.kafka(), 0));
        parts.add(part("redis", Hub.INFRASTRUCTURE, Kind.STORE, stores.redis(), 0));
        return parts;
    }

    /// Speaks for a viewer: the page must not be able to change anything, not even by mistake.
    @Override
    public synchronized String token() {
        long now = System.nanoTime();
        if (token.isEmpty() || now - tokenEnds > 0) {
            token = tokens.issue("local-index-page", Set.of("viewer"), TOKEN_LIFETIME);
            tokenEnds = now + TOKEN_LIFETIME.dividedBy(2).toNanos();
        }
        return token;
    }

    private Part part(String name, String process, Kind kind, int port, int managementPort) {
        return running.apply(process)
                .map(state -> new Part(
                        name, kind, port, managementPort, state.alive() ? Run.RUNNING : Run.ENDED, state.since()))
                .orElseGet(() -> new Part(name, kind, port, managementPort, Run.NOT_STARTED, null));
    }

    /// @param since when it was started, or ended
    record Running(boolean alive, Instant since) {}
}
