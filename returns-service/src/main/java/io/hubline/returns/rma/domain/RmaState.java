package io.hubline.returns.rma.domain;

/// How far a return is.
public enum RmaState {
    /// A channel shows it, and it cannot be placed: the order is unknown, or its units have not left.
    /// Nobody is told of it yet; it goes on by itself.
    WAITING,
    /// The buyer asks, and a person has to answer.
    REQUESTED,
    /// The goods may come.
    OPEN,
    /// Every unit is restocked, scrapped or given up, and no money is owed.
    CLOSED,
    DECLINED,
    CANCELLED;

    /// Whether the return's units are spoken for, so that no other return may have them.
    public boolean holdsUnits() {
        return switch (this) {
            case REQUESTED, OPEN, CLOSED -> true;
            case WAITING, DECLINED, CANCELLED -> false;
        };
    }
}
