package io.hubline.inventory.stock.domain;

import static java.lang.Math.addExact;

/// What lies of one SKU at one location, and how much of it is promised there.
///
/// @param allocated units promised at this very location
/// @param shortBy units allocated beyond what lies there; above zero only after a loss
/// @param lastMovement the number of the newest movement; zero before the first
public record Position(PositionKey key, int onHand, int allocated, int shortBy, long lastMovement) {

    public Position {
        if (onHand < 0 || allocated < 0 || shortBy != Math.max(0, allocated - onHand)) {
            throw new IllegalArgumentException(
                    "%s: %d allocated of %d on hand, short by %d".formatted(key, allocated, onHand, shortBy));
        }
    }

    /// Nothing has ever lain there.
    public static Position empty(PositionKey key) {
        return new Position(key, 0, 0, 0, 0);
    }

    /// Units that can be allocated now.
    public int free() {
        return Math.max(0, onHand - allocated);
    }

    /// Promises units at this location.
    public Position allocated(int units) {
        if (units < 0 || units > free()) {
            throw new IllegalArgumentException("%s: cannot allocate %d of %d free".formatted(key, units, free()));
        }
        return new Position(key, onHand, allocated + units, shortBy, lastMovement);
    }

    /// Takes allocations back, which heals what is short first.
    public Position released(int units) {
        return at(onHand, allocated - units, lastMovement);
    }

    /// What is left after units came or went; the next movement of the chain.
    public Position moved(int delta) {
        return at(addExact(onHand, delta), allocated, lastMovement + 1);
    }

    private Position at(int onHand, int allocated, long lastMovement) {
        return new Position(key, onHand, allocated, Math.max(0, allocated - onHand), lastMovement);
    }
}
