package io.hubline.contracts;

/// Something one service tells the others: a fact, or the whole state of one thing.
public interface Event {

    /// The Kafka key. Events with equal keys on one topic are read in the order in which they were
    /// committed.
    String key();
}
