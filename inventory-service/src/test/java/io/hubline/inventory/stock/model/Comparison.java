package io.hubline.inventory.stock.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs the same batches through the model and through real books, and looks at both after each.
public final class Comparison {

    private static final int RUNS_TO_SHRINK = 3_000;

    private final Model model = new Model(Scenario.BUNDLES, Scenario.IN_POOLS);
    private final Compared books;

    private Comparison(Compared books) {
        this.books = books;
    }

    /// The first difference, with the smallest batches found that still show one; null when there is none.
    public static @Nullable String difference(List<List<Command>> batches, Supplier<Compared> books) {
        @Nullable Difference first = first(batches, books);
        if (first == null) {
            return null;
        }
        List<List<Command>> small = new ArrayList<>(batches.subList(0, first.batch() + 1));
        int runs = 0;
        for (int size = Math.max(1, small.size() / 2); size > 0 && runs < RUNS_TO_SHRINK; size /= 2) {
            for (int from = 0; from < small.size() && runs < RUNS_TO_SHRINK; runs++) {
                List<List<Command>> without = new ArrayList<>(small);
                without.subList(from, Math.min(small.size(), from + size)).clear();
                @Nullable Difference again = first(without, books);
                if (again != null && first.isLike(again)) {
                    small = new ArrayList<>(without.subList(0, again.batch() + 1));
                } else {
                    from += size;
                }
            }
        }
        for (int batch = 0; batch < small.size(); batch++) {
            for (int command = 0; command < small.get(batch).size() && runs < RUNS_TO_SHRINK; runs++) {
                List<List<Command>> without = new ArrayList<>(small);
                List<Command> shorter = new ArrayList<>(small.get(batch));
                shorter.remove(command);
                without.set(batch, List.copyOf(shorter));
                if (first.isLike(first(without, books))) {
                    small = without;
                } else {
                    command++;
                }
            }
        }
        Difference last = Objects.requireNonNull(first(small, books));
        List<List<Command>> shown = small;
        return "after batch %d of %d: %s%nSmallest found, %d batches: %s%n%s"
                .formatted(
                        first.batch(),
                        batches.size(),
                        first.what(),
                        small.size(),
                        last.what(),
                        String.join(
                                "\n",
                                IntStream.range(0, small.size())
                                        .mapToObj(i -> i + ": " + shown.get(i))
                                        .toList()));
    }

    /// @param batch its number, from 0
    private record Difference(int batch, String what) {

        /// Whether it is about the same kind of thing, so that what is shrunk does not drift to another
        /// failure.
        boolean isLike(@Nullable Difference other) {
            return other != null && what.split(" ", 2)[0].equals(other.what.split(" ", 2)[0]);
        }
    }

    private static @Nullable Difference first(List<List<Command>> batches, Supplier<Compared> books) {
        Comparison comparison = new Comparison(books.get());
        for (int i = 0; i < batches.size(); i++) {
            @Nullable String what = comparison.step(batches.get(i), i == batches.size() - 1);
            if (what != null) {
                return new Difference(i, what);
            }
        }
        return null;
    }

    private @Nullable String step(List<Command> batch, boolean last) {
        List<Answer> wanted = batch.stream().map(model::apply).toList();
        List<Answer> got;
        try {
            got = books.decide(batch);
        } catch (RuntimeException e) {
            return "the books answer nothing: " + e;
        }
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            pairs.put("answer to " + batch.get(i), new Pair(wanted.get(i), got.size() > i ? got.get(i) : null));
        }
        for (String sku : Scenario.SKUS) {
            for (String pool : Scenario.POOLS) {
                Model.Key key = new Model.Key(pool, sku);
                pairs.put("pool " + key, new Pair(model.pool(key), books.pool(key)));
            }
            for (String location : Scenario.LOCATIONS) {
                Model.Spot spot = new Model.Spot(sku, location);
                pairs.put("position of " + spot, new Pair(model.place(spot), books.place(spot)));
                if (last) {
                    pairs.put("movements of " + spot, new Pair(model.movements(spot), books.movements(spot)));
                }
            }
        }
        // What grows is compared by its end, and as a whole at the very end.
        int size = last ? Integer.MAX_VALUE : 20;
        Set<String> orders = last ? new TreeSet<>(model.orders()) : model.touched();
        for (String id : orders) {
            Model.@Nullable Order order = model.order(id);
            pairs.put("order " + id, new Pair(order == null ? null : order.text(), books.order(id)));
            pairs.put(
                    "said of " + id,
                    new Pair(order == null ? List.of() : end(order.said(), size), end(books.said(id), size)));
        }
        pairs.put("oversells", new Pair(end(model.oversells(), size), end(books.oversells(), size)));
        pairs.put("discrepancies", new Pair(end(model.discrepancies(), size), end(books.discrepancies(), size)));
        if (last) {
            pairs.put("sales", new Pair(model.sales(), books.sales()));
            pairs.put("holds", new Pair(model.holds(), books.holds()));
        }
        model.forget();
        return pairs.entrySet().stream()
                .filter(entry -> !Objects.equals(
                        entry.getValue().wanted(), entry.getValue().got()))
                .findFirst()
                .map(entry -> "%s%n  should be %s%n  and is    %s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().wanted(),
                                entry.getValue().got()))
                .orElse(null);
    }

    private static List<String> end(List<String> all, int size) {
        return all.subList(Math.max(0, all.size() - size), all.size());
    }

    private record Pair(@Nullable Object wanted, @Nullable Object got) {}
}
