package io.hubline.inventory.stock.domain;

import static java.lang.Math.addExact;

/// What lies of one SKU in one pool, and how much of it is promised (invariant I2).
///
/// @param reserved units promised: held or allocated
/// @param shortBy units promised beyond what lies there; above zero only after a loss
/// @param backordered units sold and not promised
/// @param exposed units that channels may still sell without our knowing, over all offers in escrow
public record PoolPosition(StockKey key, int onHand, int reserved, int shortBy, int backordered, int exposed) {

    public PoolPosition {
        if (onHand < 0 || reserved < 0 || backordered < 0 || exposed < 0 || shortBy != Math.max(0, reserved - onHand)) {
            throw new IllegalArgumentException("%s: %d reserved of %d on hand, short by %d, %d backordered, %d exposed"
                    .formatted(key, reserved, onHand, shortBy, backordered, exposed));
        }
    }

    /// Nothing lies there and nothing is promised.
    public static PoolPosition empty(StockKey key) {
        return new PoolPosition(key, 0, 0, 0, 0, 0);
    }

    /// Units that can be promised now.
    public int free() {
        return Math.max(0, onHand - reserved);
    }

    /// Units that can be given to whatever is not a channel's sale: a checkout hold, a transfer. What a
    /// channel may have sold already is not among them (design section 5, E8), nor what is sold and waits.
    public int grantable() {
        return Math.max(0, onHand - reserved - backordered - exposed);
    }

    /// Promises free units. Never more than that: a promise cannot make the pool short.
    public PoolPosition promised(int units) {
        if (units < 0 || units > free()) {
            throw new IllegalArgumentException("%s: cannot promise %d of %d free".formatted(key, units, free()));
        }
        return new PoolPosition(key, onHand, reserved + units, shortBy, backordered, exposed);
    }

    /// Takes promises back, which heals what is short first.
    public PoolPosition released(int units) {
        return at(onHand, reserved - units, backordered);
    }

    /// Units came or went. What was promised stays promised, so a loss may make the pool short.
    public PoolPosition moved(int delta) {
        return at(addExact(onHand, delta), reserved, backordered);
    }

    /// Units were sold without a promise, or (below zero) no longer wait for one.
    public PoolPosition waiting(int delta) {
        return new PoolPosition(key, onHand, reserved, shortBy, addExact(backordered, delta), exposed);
    }

    /// Channels may sell more units without our knowing, or (below zero) fewer.
    public PoolPosition exposed(int delta) {
        return new PoolPosition(key, onHand, reserved, shortBy, backordered, addExact(exposed, delta));
    }

    private PoolPosition at(int onHand, int reserved, int backordered) {
        return new PoolPosition(key, onHand, reserved, Math.max(0, reserved - onHand), backordered, exposed);
    }
}
