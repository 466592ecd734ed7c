package io.hubline.inventory.availability.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The limits that count for an offer, put together field by field: of the rows that say something of a
/// field, the most particular counts. A SKU is more particular than an account.
///
/// @param from which row each field came from, as `account/sku`; a field that no row names is left out
/// @param lowStock what can be promised at which a person is told; below zero for never
/// @param lowStockRecovery what can be promised above which he is told that it is well again
public record Rule(Limits limits, int lowStock, int lowStockRecovery, Map<String, String> from) {

    /// Nothing is set.
    public static final Rule NONE = new Rule(Limits.NONE, -1, -1, Map.of());

    private static final int RECOVERY_PART = 5;

    public Rule {
        from = Collections.unmodifiableMap(new LinkedHashMap<>(from));
    }

    /// Puts the rows together.
    ///
    /// @param rows those that concern the offer, the most particular first
    public static Rule of(List<Setting> rows) {
        if (rows.isEmpty()) {
            return NONE;
        }
        Map<String, String> from = new LinkedHashMap<>();
        for (Setting row : rows) {
            row.settings().fields().keySet().forEach(field -> from.putIfAbsent(field, row.name()));
        }
        SortedSet<String> everywhere = Collections.unmodifiableSortedSet(new TreeSet<>());
        int lowStock = first(rows, Settings::lowStock, -1);
        Limits limits = new Limits(
                first(rows, Settings::safetyStock, 0),
                first(rows, Settings::safetyPercent, 0),
                first(rows, Settings::oversellProbability, 0.0),
                first(rows, Settings::minimum, 0),
                first(rows, Settings::maximum, Integer.MAX_VALUE),
                first(rows, Settings::share, Limits.ALL_PERCENT),
                first(rows, Settings::reserve, 0),
                first(rows, Settings::locations, everywhere),
                first(rows, Settings::madeToOrder, 0),
                first(rows, Settings::discontinued, false));
        return new Rule(
                limits, lowStock, Math.max(lowStock, first(rows, Settings::lowStockRecovery, above(lowStock))), from);
    }

    /// A fifth above the threshold, so that a number that moves to and fro around it does not tell each
    /// time.
    private static int above(int lowStock) {
        return lowStock < 0
                ? lowStock
                : (int) Math.min(Integer.MAX_VALUE, lowStock + Math.ceilDiv(lowStock, (long) RECOVERY_PART));
    }

    private static <T> T first(List<Setting> rows, Function<Settings, @Nullable T> field, T otherwise) {
        return rows.stream()
                .map(row -> field.apply(row.settings()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }
}
