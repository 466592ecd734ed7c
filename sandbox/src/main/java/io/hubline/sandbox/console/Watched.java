package io.hubline.sandbox.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page looks at: told by whoever starts and stops the parts. Calls may come from any thread.
public interface Watched {

    /// Every part in the order it is shown, also those that do not run.
    List<Part> parts();

    /// A bearer token that may look at everything and change nothing. It never reaches the page.
    String token();

    /// One part and what is known of it without asking it.
    ///
    /// @param name as `./hub logs` wants it
    /// @param port where it answers, on this machine
    /// @param managementPort where health and metrics are; 0 for a part without
    /// @param since when the process started or ended, as far as that is known
    record Part(
            String name,
            Kind kind,
            int port,
            int managementPort,
            Run run,
            @Nullable Instant since) {}

    /// How a part is asked how it is.
    enum Kind {
        /// One of ours: health, metrics and API over HTTP.
        SERVICE,
        /// The simulated marketplaces: well when they answer at all.
        SIMULATOR,
        /// PostgreSQL, Kafka or Redis: well when a connection is accepted.
        STORE
    }

    /// Whether there is a process.
    enum Run {
        NOT_STARTED,
        RUNNING,
        ENDED
    }
}
