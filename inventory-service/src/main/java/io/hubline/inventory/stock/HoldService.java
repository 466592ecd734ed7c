package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Holds;
import io.hubline.inventory.stock.domain.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Keeps units for buyers who are about to pay. Nobody waits on a thread for it: thousands may ask at once.
@ApplicationScoped
public class HoldService {

    private final Folding books;
    private final Holds holds;
    private final InstantSource clock;

    HoldService(Folding books, Holds holds, InstantSource clock) {
        this.books = books;
        this.holds = holds;
        this.clock = clock;
    }

    /// Now, as exactly as a hold is kept.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Keeps these units, all or none. The same again is answered the same for as long as the hold lives.
    ///
    /// @param lines units by SKU
    /// @param at now
    public CompletionStage<Answer> grant(
            Ask.Source source,
            String id,
            String pool,
            SortedMap<String, Integer> lines,
            Instant at,
            Instant expiresAt) {
        return books.ask(
                Ask.of(source, new Request.Held(id, pool, lines, at, expiresAt)).ofKnownSkus());
    }

    /// Keeps them longer.
    public CompletionStage<Answer> extend(Ask.Source source, String id, Instant expiresAt) {
        return books.ask(Ask.of(source, new Request.Extended(id, now(), expiresAt)));
    }

    /// The buyer has paid: the units are for this order, whether it was seen here yet or not.
    ///
    /// @param channelOrder account and the order's id there
    public CompletionStage<Answer> convert(Ask.Source source, String id, String channelOrder) {
        return books.ask(Ask.of(source, new Request.Converted(id, channelOrder, now())));
    }

    /// Keeps them no longer.
    ///
    /// @param evenPaid also when the buyer is said to have paid
    public CompletionStage<Answer> release(Ask.Source source, String id, boolean evenPaid) {
        return books.ask(Ask.of(source, new Request.Released(id, now(), evenPaid)));
    }

    /// One hold; past its time it is shown as expired, whether somebody noted it yet or not.
    public Optional<Hold> find(String id) {
        Instant now = now();
        return holds.find(id).map(hold -> hold.asOf(now));
    }

    /// Holds that were left in a state, in the order of their ids.
    ///
    /// @param after the id behind which to start; null for the first
    public List<Hold> page(Hold.State state, @Nullable String after, int size) {
        return holds.page(state, after, size);
    }
}
