package io.hubline.sandbox.policy;

import io.hubline.inventory.availability.domain.Stock;
import java.util.List;

/// What the hub has booked of the one SKU of a run.
final class Books {

    static final String POOL = "default";
    static final String SKU = "SKU";

    private final int onHand;
    private final long[] sold = new long[Channel.ALL.size()];
    private final long[] cancelled = new long[Channel.ALL.size()];
    private int wanted;

    Books(int onHand) {
        this.onHand = onHand;
    }

    void sold(int channel) {
        sold[channel]++;
        wanted++;
    }

    void cancelled(int channel) {
        cancelled[channel]++;
        wanted--;
    }

    long soldThrough(int channel) {
        return sold[channel];
    }

    long cancelledOf(int channel) {
        return cancelled[channel];
    }

    /// On hand less what is promised; below zero for what is sold without a promise.
    int left() {
        return onHand - wanted;
    }

    /// As the decision code of inventory-service wants it.
    ///
    /// @param exposed units that channels may still sell under permits that stand
    Stock stock(int exposed) {
        return new Stock(List.of(new Stock.Part(
                POOL, SKU, 1, onHand, Math.min(wanted, onHand), Math.max(0, wanted - onHand), exposed, List.of())));
    }
}
