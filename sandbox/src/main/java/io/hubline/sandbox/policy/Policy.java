package io.hubline.sandbox.policy;

import io.hubline.inventory.availability.domain.Buffers;
import io.hubline.inventory.availability.domain.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A way to decide what channels show.
///
/// @param fixed whether somebody guessed the buffer
/// @param hub makes the hub of a run, from its situation and its seed
record Policy(String name, boolean fixed, Start hub) {

    /// How often a sale of the last units may be one too many, for what is computed.
    private static final double OVERSELL_PROBABILITY = 0.01;

    /// From a sale to the moment when every other channel shows it, in lags: the word of it, the write that
    /// is under way already, and the write itself.
    private static final int LAGS_UNSEEN = 3;

    /// Buffers in use, from none to many; what is computed is compared with the best of them in hindsight.
    static List<Policy> fixedOnes() {
        return List.of(units(0), units(2), units(5), units(10), percent(2), percent(5), percent(10), percent(25));
    }

    /// What is computed, and what was guessed.
    static List<Policy> all() {
        List<Policy> all = new ArrayList<>(fixedOnes());
        all.add(new Policy("computed", false, (cell, seed) -> {
            Pace pace = new Pace(cell, seed);
            return computed(cell, new Books(cell.units()), pace);
        }));
        all.add(new Policy(
                "escrow",
                false,
                (cell, seed) ->
                        new EscrowHub(new Books(cell.units()), new Pace(cell, seed), cell.lag(), nothingTold(), 0)));
        all.add(new Policy("automatic", false, (cell, seed) -> {
            Books books = new Books(cell.units());
            Pace pace = new Pace(cell, seed);
            return new AutomaticHub(books, pace, cell, computed(cell, books, pace));
        }));
        return List.copyOf(all);
    }

    Hub start(Cell cell, long seed) {
        return hub.of(cell, seed);
    }

    /// How long a sale is unseen by the other channels.
    static Duration unseen(Cell cell) {
        return cell.lag().multipliedBy(LAGS_UNSEEN);
    }

    private static Hub computed(Cell cell, Books books, Pace pace) {
        return new SharedHub(
                books, Limits.NONE, pace, at -> Buffers.against(pace.ofAll(unseen(cell), at), OVERSELL_PROBABILITY));
    }

    private static List<Publication> nothingTold() {
        List<Publication> nothing = new ArrayList<>();
        for (int channel = 0; channel < Channel.ALL.size(); channel++) {
            nothing.add(new Publication(channel, 0, 0, 0, 0, 0));
        }
        return nothing;
    }

    private static Policy units(int buffer) {
        return fixed(buffer == 0 ? "no buffer" : "fixed " + buffer, buffer, 0);
    }

    private static Policy percent(int buffer) {
        return fixed("fixed " + buffer + " %", 0, buffer);
    }

    private static Policy fixed(String name, int units, int percent) {
        Limits limits = new Limits(
                units, percent, 0, 0, Integer.MAX_VALUE, Limits.ALL_PERCENT, 0, Collections.emptySortedSet(), 0, false);
        return new Policy(
                name,
                true,
                (cell, seed) -> new SharedHub(new Books(cell.units()), limits, new Pace(cell, seed), _ -> 0));
    }

    /// Makes the hub of a run.
    @FunctionalInterface
    interface Start {
        Hub of(Cell cell, long seed);
    }
}
