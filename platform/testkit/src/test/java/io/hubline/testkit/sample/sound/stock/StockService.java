package io.hubline.testkit.sample.sound.stock;

import io.hubline.testkit.sample.sound.stock.domain.StockLevel;
import java.time.Instant;
import java.time.InstantSource;

/// Asks the clock it was given.
public final class StockService {

    private final InstantSource clock;

    public StockService(InstantSource clock) {
        this.clock = clock;
    }

    public StockLevel level(String sku) {
        return new StockLevel(sku, 1);
    }

    public Instant now() {
        return clock.instant();
    }
}
