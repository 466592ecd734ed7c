package io.hubline.catalog.product.domain;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether something is for sale. An inactive product or variant takes its managed offers off sale and
/// stays in the book.
public enum ProductStatus {
    ACTIVE,
    INACTIVE;

    /// The status of that name; `ACTIVE` where none is named, null where there is no such one.
    static @Nullable ProductStatus of(@Nullable String name) {
        if (name == null) {
            return ACTIVE;
        }
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "ACTIVE" -> ACTIVE;
            case "INACTIVE" -> INACTIVE;
            default -> null;
        };
    }
}
