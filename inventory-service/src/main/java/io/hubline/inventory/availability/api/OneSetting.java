package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.domain.Setting;
import io.hubline.inventory.availability.domain.Settings;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A row of settings; what it does not name, it says nothing of.
record OneSetting(
        String account,
        String sku,
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

    static OneSetting of(Setting setting) {
        Settings settings = setting.settings();
        return new OneSetting(
                setting.account(),
                setting.sku(),
                settings.safetyStock(),
                settings.safetyPercent(),
                settings.oversellProbability(),
                settings.minimum(),
                settings.maximum(),
                settings.share(),
                settings.reserve(),
                settings.locations(),
                settings.madeToOrder(),
                settings.discontinued(),
                settings.lowStock(),
                settings.lowStockRecovery());
    }
}
