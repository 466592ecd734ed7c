package io.hubline.inventory.availability.domain;

import java.util.Comparator;

/// A SKU, or a bundle, in one pool: what an offer takes its units from.
public record Source(String pool, String sku) implements Comparable<Source> {

    /// The order in which pools are locked.
    private static final Comparator<Source> ORDER =
            Comparator.comparing(Source::pool).thenComparing(Source::sku);

    @Override
    public int compareTo(Source other) {
        return ORDER.compare(this, other);
    }
}
