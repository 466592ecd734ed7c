package io.hubline.inventory.availability.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one row of settings says. A field that is null says nothing, and a less particular row is asked.
///
/// @param lowStock what can be promised at which a person is told; only where it is for every account
/// @param lowStockRecovery what can be promised above which he is told that it is well again
/// @see Limits
public record Settings(
        @Nullable Integer safetyStock,
        @Nullable Integer safetyPercent,
        @Nullable Double oversellProbability,
        @Nullable Integer minimum,
        @Nullable Integer maximum,
        @Nullable Integer share,
        @Nullable Integer reserve,
        @Nullable SortedSet<String> locations,
        @Nullable Integer madeToOrder,
        @Nullable Boolean discontinued,
        @Nullable Integer lowStock,
        @Nullable Integer lowStockRecovery) {

    /// Says nothing.
    public static final Settings NONE =
            new Settings(null, null, null, null, null, null, null, null, null, null, null, null);

    public Settings {
        locations = locations == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(locations));
    }

    /// Every field that says something, by its name.
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "safetyStock", safetyStock);
        put(fields, "safetyPercent", safetyPercent);
        put(fields, "oversellProbability", oversellProbability);
        put(fields, "minimum", minimum);
        put(fields, "maximum", maximum);
        put(fields, "share", share);
        put(fields, "reserve", reserve);
        put(fields, "locations", locations);
        put(fields, "madeToOrder", madeToOrder);
        put(fields, "discontinued", discontinued);
        put(fields, "lowStock", lowStock);
        put(fields, "lowStockRecovery", lowStockRecovery);
        return Collections.unmodifiableMap(fields);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
