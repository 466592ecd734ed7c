package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Everything that was announced, as long as it is kept.
public interface Publications {

    /// Notes what is announced, at the offers and in the record, in one statement for the batch.
    void add(Collection<Publication> announced);

    /// One publication of an offer; empty where there is none of this sequence, or none any longer.
    List<Publication> find(String offer, long sequence);

    /// What the offer was told last by then; empty where it was told nothing, or it is kept no longer.
    List<Publication> asOf(String offer, Instant at);

    /// Makes room for the publications of this day and of those that follow.
    void makeRoom(Instant from, int days);

    /// Forgets what was announced on days that were over by then, except the newest of each offer.
    ///
    /// @return how many days were forgotten
    int forget(Instant until);
}
