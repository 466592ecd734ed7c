package io.hubline.inventory.availability.domain;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// How much of what can be promised an offer shows.
///
/// @param safetyStock units kept back
/// @param safetyPercent percent of what can be promised that is kept back, rounded up
/// @param oversellProbability how often the last units may be sold twice; from it, the measured push lag
///     and the velocity comes a third safety stock. Zero for none. Of the three the largest counts
/// @param minimum below this it shows none
/// @param maximum it never shows more
/// @param share percent of what can be promised that it shows at most, rounded down
/// @param reserve units kept for other channels
/// @param locations those that count for it; empty for every location of its pool
/// @param madeToOrder units it shows while none is left, because more are made or bought on demand; zero
///     for none
/// @param discontinued whether what is left is sold, and nothing after that
public record Limits(
        int safetyStock,
        int safetyPercent,
        double oversellProbability,
        int minimum,
        int maximum,
        int share,
        int reserve,
        SortedSet<String> locations,
        int madeToOrder,
        boolean discontinued) {

    /// All that can be promised.
    public static final int ALL_PERCENT = 100;

    /// Everything that can be promised is shown.
    public static final Limits NONE =
            new Limits(0, 0, 0, 0, Integer.MAX_VALUE, ALL_PERCENT, 0, Collections.emptySortedSet(), 0, false);

    public Limits {
        locations = Collections.unmodifiableSortedSet(new TreeSet<>(locations));
        if (safetyStock < 0 || minimum < 0 || maximum < 0 || reserve < 0 || madeToOrder < 0) {
            throw new IllegalArgumentException(
                    "safety stock %d, minimum %d, maximum %d, reserve %d, made to order %d: none may be negative"
                            .formatted(safetyStock, minimum, maximum, reserve, madeToOrder));
        }
        if (safetyPercent < 0 || safetyPercent > ALL_PERCENT || share < 0 || share > ALL_PERCENT) {
            throw new IllegalArgumentException(
                    "safety %d percent, share %d percent: each lies between 0 and 100".formatted(safetyPercent, share));
        }
        if (!(oversellProbability >= 0 && oversellProbability < 1)) {
            throw new IllegalArgumentException("oversell probability " + oversellProbability);
        }
    }

    /// Whether it shows units that do not lie there yet.
    public boolean showsWhatIsMade() {
        return madeToOrder > 0 && !discontinued;
    }
}
