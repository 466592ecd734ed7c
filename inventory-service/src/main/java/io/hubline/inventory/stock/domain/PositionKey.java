package io.hubline.inventory.stock.domain;

import java.util.Comparator;

/// Where units lie: one SKU at one location.
public record PositionKey(String sku, String location) implements Comparable<PositionKey> {

    private static final Comparator<PositionKey> ORDER =
            Comparator.comparing(PositionKey::sku).thenComparing(PositionKey::location);

    @Override
    public int compareTo(PositionKey other) {
        return ORDER.compare(this, other);
    }
}
