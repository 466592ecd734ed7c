package io.hubline.inventory.stock.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why units came or went by somebody's word alone: the vocabulary of adjustments, scraps and losses on the
/// way.
public enum Grounds {
    /// Broken, wet, dirty.
    DAMAGED(Way.LESS),
    /// Made wrong.
    DEFECTIVE(Way.LESS),
    /// Past its date.
    EXPIRED(Way.LESS),
    /// The maker called it back.
    RECALLED(Way.LESS),
    /// Nobody knows where it is.
    LOST(Way.LESS),
    /// Somebody took it.
    STOLEN(Way.LESS),
    /// Given away to be looked at.
    SAMPLE(Way.LESS),
    /// Used by the house itself.
    INTERNAL_USE(Way.LESS),
    /// It lay there, and the book did not know of it.
    FOUND(Way.MORE),
    /// An earlier entry was wrong, and this one sets it right.
    CORRECTION(Way.EITHER);

    private final Way way;

    Grounds(Way way) {
        this.way = way;
    }

    /// The word a person wrote, in any case of letters.
    public static Optional<Grounds> of(String word) {
        return Arrays.stream(values())
                .filter(grounds -> grounds.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /// Whether it can be why a position changed by so much.
    public boolean explains(int delta) {
        return switch (way) {
            case LESS -> delta < 0;
            case MORE -> delta > 0;
            case EITHER -> true;
        };
    }

    /// Whether it can be why units are thrown away: they are there, and unfit.
    public boolean explainsScrap() {
        return this == DAMAGED || this == DEFECTIVE || this == EXPIRED || this == RECALLED;
    }

    /// Whether it can be why units never arrived.
    public boolean explainsLossOnTheWay() {
        return explains(-1) && this != SAMPLE && this != INTERNAL_USE;
    }

    /// Every word, for the answer to a wrong one.
    public static String words() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private enum Way {
        LESS,
        MORE,
        EITHER
    }
}
