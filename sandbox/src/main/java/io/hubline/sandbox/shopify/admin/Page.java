package io.hubline.sandbox.shopify.admin;

import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a connection, seeked by value: an element that moves to the end while somebody pages is met
/// again there, and none is skipped.
record Page(List<Entry> entries, boolean hasNext, boolean hasPrevious) {

    private static final int LARGEST = 250;

    Page {
        entries = List.copyOf(entries);
    }

    record Entry(String cursor, Object node) {}

    /// Where an element stands in the order: by value, then by id. Values compare as text.
    record Place(String value, long id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::value).thenComparing(Place::id);

        static Place ofId(long id) {
            return new Place("", id);
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /// Cuts the page that the arguments `first`, `last`, `after`, `before` and `reverse` ask for. `sort`
    /// names the order, since a cursor is only good for the order it came from.
    static <T> Page of(Collection<T> all, String sort, Function<T, Place> placer, DataFetchingEnvironment request) {
        Integer first = request.getArgument("first");
        Integer last = request.getArgument("last");
        int size = size(first, last);
        boolean reverse = Boolean.TRUE.equals(request.getArgument("reverse"));
        Comparator<Placed> order = Comparator.comparing(Placed::place);
        Place after = place(request.getArgument("after"), sort);
        Place before = place(request.getArgument("before"), sort);
        Comparator<Place> direction = reverse ? Collections.reverseOrder() : Comparator.naturalOrder();
        List<Placed> sorted = all.stream()
                .map(item -> new Placed(placer.apply(item), item))
                .sorted(reverse ? order.reversed() : order)
                .toList();
        List<Placed> between = sorted.stream()
                .filter(item -> after == null || direction.compare(item.place(), after) > 0)
                .filter(item -> before == null || direction.compare(item.place(), before) < 0)
                .toList();
        List<Placed> cut = first != null
                ? between.subList(0, Math.min(size, between.size()))
                : between.subList(Math.max(0, between.size() - size), between.size());
        boolean hasNext = !cut.isEmpty() && !cut.getLast().equals(sorted.getLast());
        boolean hasPrevious = !cut.isEmpty() && !cut.getFirst().equals(sorted.getFirst());
        return new Page(
                cut.stream()
                        .map(item -> new Entry(cursor(item.place(), sort), item.item()))
                        .toList(),
                hasNext,
                hasPrevious);
    }

    private record Placed(Place place, Object item) {}

    private static int size(@Nullable Integer first, @Nullable Integer last) {
        if (first == null && last == null) {
            throw new AdminError("BAD_REQUEST", "you must provide one of first or last");
        }
        if (first != null && last != null) {
            throw new AdminError("BAD_REQUEST", "providing both first and last is not supported");
        }
        int size = first != null ? first : last == null ? 0 : last;
        if (size < 1 || size > LARGEST) {
            throw new AdminError(
                    "BAD_REQUEST", "first and last must be between 1 and %d, not %d".formatted(LARGEST, size));
        }
        return size;
    }

    private static String cursor(Place place, String sort) {
        String plain = "%s\n%d\n%s".formatted(sort, place.id(), place.value());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Place place(@Nullable String cursor, String sort) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", 3);
            if (parts.length == 3 && parts[0].equals(sort)) {
                return new Place(parts[2], Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException notOurs) {
            throw invalidCursor();
        }
        throw invalidCursor();
    }

    private static AdminError invalidCursor() {
        return new AdminError("BAD_REQUEST", "Invalid cursor for current pagination sort.");
    }
}
