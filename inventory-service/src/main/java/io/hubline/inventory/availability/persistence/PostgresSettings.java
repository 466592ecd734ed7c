package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Setting;
import io.hubline.inventory.availability.domain.SettingStore;
import io.hubline.inventory.availability.domain.Settings;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresSettings implements SettingStore {

    private static final String ROWS = """
            select account, sku, safety_stock, safety_percent, oversell_probability, minimum, maximum, share, reserve,
                   locations, made_to_order, discontinued, low_stock, low_stock_recovery
            from availability_setting
            """;

    private final Sql sql;

    PostgresSettings(Sql sql) {
        this.sql = sql;
    }

    @Override
    public List<Setting> all() {
        return sql.query(ROWS + " order by account, sku", PostgresSettings::setting);
    }

    @Override
    public Settings replace(Setting setting) {
        Settings before = sql
                .query(
                        ROWS + " where account = ? and sku = ? for update",
                        PostgresSettings::setting,
                        setting.account(),
                        setting.sku())
                .stream()
                .findFirst()
                .map(Setting::settings)
                .orElse(Settings.NONE);
        Settings settings = setting.settings();
        if (settings.equals(Settings.NONE)) {
            sql.update(
                    "delete from availability_setting where account = ? and sku = ?", setting.account(), setting.sku());
        } else {
            @Nullable SortedSet<String> locations = settings.locations();
            sql.update(
                    """
                    insert into availability_setting
                      (account, sku, safety_stock, safety_percent, oversell_probability, minimum, maximum, share,
                       reserve, locations, made_to_order, discontinued, low_stock, low_stock_recovery)
                    values (?, ?, ?::int, ?::int, ?::float8, ?::int, ?::int, ?::int, ?::int, ?::text[], ?::int,
                            ?::boolean, ?::int, ?::int)
                    on conflict (account, sku) do update
                    set safety_stock = excluded.safety_stock, safety_percent = excluded.safety_percent,
                        oversell_probability = excluded.oversell_probability, minimum = excluded.minimum,
                        maximum = excluded.maximum, share = excluded.share, reserve = excluded.reserve,
                        locations = excluded.locations, made_to_order = excluded.made_to_order,
                        discontinued = excluded.discontinued, low_stock = excluded.low_stock,
                        low_stock_recovery = excluded.low_stock_recovery
                    """,
                    setting.account(),
                    setting.sku(),
                    settings.safetyStock(),
                    settings.safetyPercent(),
                    settings.oversellProbability(),
                    settings.minimum(),
                    settings.maximum(),
                    settings.share(),
                    settings.reserve(),
                    locations == null ? null : texts(locations, location -> location),
                    settings.madeToOrder(),
                    settings.discontinued(),
                    settings.lowStock(),
                    settings.lowStockRecovery());
        }
        return before;
    }

    @Override
    public List<Setting> concerning(Collection<String> accounts, Collection<String> skus) {
        return sql.query(
                ROWS + " where account = any (?) and sku = any (?)",
                PostgresSettings::setting,
                withAny(accounts),
                withAny(skus));
    }

    private static String[] withAny(Collection<String> names) {
        Set<String> all = new HashSet<>(names);
        all.add(Setting.ANY);
        return texts(all, name -> name);
    }

    private static Setting setting(ResultSet row) throws SQLException {
        return new Setting(
                row.getString("account"),
                row.getString("sku"),
                new Settings(
                        number(row, "safety_stock"),
                        number(row, "safety_percent"),
                        row.getObject("oversell_probability", Double.class),
                        number(row, "minimum"),
                        number(row, "maximum"),
                        number(row, "share"),
                        number(row, "reserve"),
                        locations(row),
                        number(row, "made_to_order"),
                        row.getObject("discontinued", Boolean.class),
                        number(row, "low_stock"),
                        number(row, "low_stock_recovery")));
    }

    private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }

    private static @Nullable SortedSet<String> locations(ResultSet row) throws SQLException {
        @Nullable Array locations = row.getArray("locations");
        return locations == null ? null : new TreeSet<>(Arrays.asList((String[]) locations.getArray()));
    }
}
