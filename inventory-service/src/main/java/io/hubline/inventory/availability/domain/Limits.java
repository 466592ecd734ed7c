package io.hubline.inventory.availability.domain;

/// How much of what can be sold an offer shows.
///
/// @param safetyStock units kept back from it
/// @param minimum below this it shows none
/// @param maximum it never shows more
public record Limits(int safetyStock, int minimum, int maximum) {

    /// Everything that can be sold is shown.
    public static final Limits NONE = new Limits(0, 0, Integer.MAX_VALUE);

    public Limits {
        if (safetyStock < 0 || minimum < 0 || maximum < 0) {
            throw new IllegalArgumentException(
                    "safety stock %d, minimum %d, maximum %d".formatted(safetyStock, minimum, maximum));
        }
    }
}
