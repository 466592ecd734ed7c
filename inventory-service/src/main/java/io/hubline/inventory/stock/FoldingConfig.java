package io.hubline.inventory.stock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Bounds of what waits for the books.
@ConfigMapping(prefix = "hubline.inventory.folding")
interface FoldingConfig {

    /// Batches that are decided at the same time, each in a transaction of its own.
    @WithDefault("3")
    int workers();

    /// Requests in one transaction.
    @WithDefault("256")
    int batchMax();

    /// Asks of callers that wait at the same time; more are sent away at once.
    @WithDefault("4000")
    int queueMax();

    /// How long an ask of a caller may wait before it is taken in hand.
    @WithDefault("2s")
    Duration waitMax();

    /// How long what waits at the end of the service may still take.
    @WithDefault("5s")
    Duration stopMax();
}
