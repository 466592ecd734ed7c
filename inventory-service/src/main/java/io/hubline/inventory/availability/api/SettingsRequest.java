package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.api.AvailabilityResource.Wrong;
import io.hubline.inventory.availability.domain.Setting;
import io.hubline.inventory.availability.domain.Settings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one row of settings is to say.
///
/// @param locations an empty list says: every location, whatever a less particular row says
/// @see io.hubline.inventory.availability.domain.Limits
record SettingsRequest(
        @PositiveOrZero @Max(UNITS_MAX) @Nullable Integer safetyStock,
        @PositiveOrZero @Max(100) @Nullable Integer safetyPercent,

        @DecimalMin(PROBABILITY_MIN) @DecimalMax(PROBABILITY_MAX) @Nullable
        Double oversellProbability,

        @PositiveOrZero @Max(UNITS_MAX) @Nullable Integer minimum,
        @PositiveOrZero @Nullable Integer maximum,
        @PositiveOrZero @Max(100) @Nullable Integer share,
        @PositiveOrZero @Max(UNITS_MAX) @Nullable Integer reserve,
        @Size(max = LOCATIONS_MAX) @Nullable List<@NotBlank @Size(max = TEXT_MAX) String> locations,
        @PositiveOrZero @Max(UNITS_MAX) @Nullable Integer madeToOrder,
        @Nullable Boolean discontinued,
        @PositiveOrZero @Max(UNITS_MAX) @Nullable Integer lowStock,
        @PositiveOrZero @Max(UNITS_MAX) @Nullable Integer lowStockRecovery) {

    private static final int UNITS_MAX = 100_000_000;
    private static final int TEXT_MAX = 200;
    private static final int LOCATIONS_MAX = 1_000;
    private static final String PROBABILITY_MIN = "0.000001";
    private static final String PROBABILITY_MAX = "0.5";

    /// What a look at one field cannot find.
    List<Wrong> contradictions(String account) {
        List<Wrong> found = new ArrayList<>();
        if (minimum != null && maximum != null && minimum > maximum) {
            found.add(new Wrong("minimum", "must not be above the maximum: nothing would ever be shown"));
        }
        if (lowStock != null && !account.equals(Setting.ANY)) {
            found.add(new Wrong("lowStock", "is of a SKU and can only be set for every account (*)"));
        }
        if (lowStockRecovery != null && lowStock == null) {
            found.add(new Wrong("lowStockRecovery", "needs lowStock"));
        }
        if (lowStockRecovery != null && lowStock != null && lowStockRecovery < lowStock) {
            found.add(new Wrong("lowStockRecovery", "must not be below lowStock"));
        }
        return found;
    }

    Settings settings() {
        return new Settings(
                safetyStock,
                safetyPercent,
                oversellProbability,
                minimum,
                maximum,
                share,
                reserve,
                locations == null ? null : new TreeSet<>(locations),
                madeToOrder,
                discontinued,
                lowStock,
                lowStockRecovery);
    }
}
