package io.hubline.order.book.api;

import io.hubline.kit.web.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Positions in the lists of this service: an order's id, or that and one more word.
final class Cursors {

    private Cursors() {}

    static @Nullable String order(@Nullable String after) {
        @Nullable String position = Page.position(after);
        if (position != null) {
            requireId(position);
        }
        return position;
    }

    static @Nullable String orderAndWord(@Nullable String after) {
        @Nullable String position = Page.position(after);
        if (position != null) {
            int slash = position.indexOf('/');
            if (slash < 0) {
                throw Page.invalidCursor();
            }
            requireId(position.substring(0, slash));
        }
        return position;
    }

    private static void requireId(String text) {
        try {
            if (!UUID.fromString(text).toString().equals(text)) {
                throw Page.invalidCursor();
            }
        } catch (IllegalArgumentException noId) {
            throw Page.invalidCursor();
        }
    }
}
