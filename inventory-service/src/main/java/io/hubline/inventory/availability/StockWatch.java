package io.hubline.inventory.availability;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockAlert;
import io.hubline.contracts.inventory.StockAlert.LowStock;
import io.hubline.contracts.inventory.StockAlert.Oversold;
import io.hubline.contracts.inventory.StockAlert.StockRecovered;
import io.hubline.inventory.availability.domain.LowStocks;
import io.hubline.inventory.availability.domain.Rule;
import io.hubline.inventory.availability.domain.Setting;
import io.hubline.inventory.availability.domain.SettingStore;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells a person what he has to know of the stock, once each time.
@ApplicationScoped
class StockWatch {

    private final LowStocks lowStocks;
    private final SettingStore settings;
    private final Outbox outbox;

    StockWatch(LowStocks lowStocks, SettingStore settings, Outbox outbox) {
        this.lowStocks = lowStocks;
        this.settings = settings;
        this.outbox = outbox;
    }

    /// What channels sold beyond what was there.
    void oversold(List<Oversold> alerts) {
        publish(alerts);
    }

    /// Compares what can be promised with the thresholds: down to the threshold is told once, and again
    /// only after it rose above the recovery, which is told once too.
    void compare(Collection<String> skus, Instant now) {
        Map<String, Setting> rows = settings.concerning(Set.of(), skus).stream()
                .filter(row -> row.account().equals(Setting.ANY))
                .collect(Collectors.toMap(Setting::sku, Function.identity()));
        Map<String, Rule> rules = new HashMap<>();
        for (String sku : skus) {
            rules.put(
                    sku,
                    Rule.of(Stream.of(sku, Setting.ANY)
                            .map(rows::get)
                            .filter(Objects::nonNull)
                            .toList()));
        }
        List<LowStocks.Level> levels = lowStocks.of(skus);
        Map<Source, Integer> fell = new HashMap<>();
        List<Source> rose = new ArrayList<>();
        for (LowStocks.Level level : levels) {
            Rule rule = rules.getOrDefault(level.key().sku(), Rule.NONE);
            if (!level.low() && level.promisable() <= rule.lowStock()) {
                fell.put(level.key(), rule.lowStock());
            } else if (level.low() && level.promisable() > rule.lowStockRecovery()) {
                rose.add(level.key());
            }
        }
        Set<Source> first = lowStocks.fell(fell, now);
        Set<Source> last = lowStocks.rose(rose);
        publish(levels.stream()
                .filter(level -> first.contains(level.key()) || last.contains(level.key()))
                .map(level -> alert(level, rules, now))
                .filter(Objects::nonNull)
                .toList());
    }

    private static StockAlert alert(LowStocks.Level level, Map<String, Rule> rules, Instant now) {
        Source key = level.key();
        int threshold = rules.getOrDefault(key.sku(), Rule.NONE).lowStock();
        return level.low()
                ? new StockRecovered(key.sku(), key.pool(), level.promisable(), Math.max(0, threshold), now)
                : new LowStock(key.sku(), key.pool(), level.promisable(), threshold, now);
    }

    private void publish(List<? extends StockAlert> alerts) {
        if (!alerts.isEmpty()) {
            outbox.publishAll(Topic.STOCK_ALERTS, alerts);
        }
    }
}
