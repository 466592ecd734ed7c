package io.hubline.kit.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list: `{"items": [...], "next": "..."}`. The caller passes `next` as `after` to get the
/// next page.
///
/// @param next opaque; null on the last page
public record Page<T>(List<T> items, @Nullable String next) {

    /// How many items a page has unless the caller asks for fewer.
    public static final int SIZE = 100;

    public Page {
        items = List.copyOf(items);
    }

    /// Cuts a page from what was found.
    ///
    /// @param found up to `size + 1` items in the order of their positions: the one too many says there is
    ///     more
    /// @param position what the next query goes on behind; unique in the list
    public static <T> Page<T> of(List<T> found, int size, Function<? super T, String> position) {
        if (found.size() <= size) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, size);
        return new Page<>(items, encode(position.apply(items.getLast())));
    }

    /// The position in a cursor that came as `after`; null for the first page.
    ///
    /// @throws ProblemException 400 when no page ever gave this cursor
    public static @Nullable String position(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(after), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
    }

    /// For a position that decodes and yet is none, such as a number that is not one.
    public static ProblemException invalidCursor() {
        return Problem.of(400, "invalid-cursor", "The cursor is not one that a page gave")
                .asException();
    }

    private static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(UTF_8));
    }
}
