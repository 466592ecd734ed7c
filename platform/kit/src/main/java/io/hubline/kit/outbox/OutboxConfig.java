package io.hubline.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Bounds of the outbox. Every loop in it has one.
@ConfigMapping(prefix = "hubline.outbox")
interface OutboxConfig {

    /// How often the relay looks without being woken, because a wake dies with its process.
    @WithDefault("1s")
    Duration pollInterval();

    /// Rows of one transaction of the relay.
    @WithDefault("500")
    int batch();

    /// How long the broker may take to acknowledge, all tries included. It is also how long one failing key
    /// can delay the rest of its wave.
    @WithDefault("10s")
    Duration acknowledgement();

    /// The longest pause between tries while nothing is acknowledged.
    @WithDefault("5s")
    Duration pauseMax();

    /// Bytes of payload that are still published. Brokers take 1,048,588 bytes per record unless told
    /// otherwise; the rest is for key and headers.
    @WithDefault("1000000")
    int payloadMax();
}
