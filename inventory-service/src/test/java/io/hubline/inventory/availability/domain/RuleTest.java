package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final SortedSet<String> BERLIN = new TreeSet<>(List.of("berlin"));
    private static final SortedSet<String> EVERYWHERE = Collections.emptySortedSet();

    @Test
    void without_rows_everything_is_shown() {
        assertThat(Rule.of(List.of()).limits()).isEqualTo(Limits.NONE);
    }

    @Test
    void of_each_field_the_most_particular_row_that_names_it_counts() {
        Rule rule = Rule.of(List.of(
                new Setting("shop-a", "SHIRT", settings(null, null, 5, null)),
                new Setting("*", "SHIRT", settings(2, null, null, null)),
                new Setting("shop-a", "*", settings(9, 3, 4, BERLIN)),
                new Setting("*", "*", settings(8, 1, 1, null))));

        assertThat(rule.limits().safetyStock()).isEqualTo(2);
        assertThat(rule.limits().minimum()).isEqualTo(3);
        assertThat(rule.limits().maximum()).isEqualTo(5);
        assertThat(rule.limits().locations()).containsExactly("berlin");
        assertThat(rule.from())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "safetyStock", "*/SHIRT",
                        "minimum", "shop-a/*",
                        "maximum", "shop-a/SHIRT",
                        "locations", "shop-a/*"));
    }

    @Test
    void a_particular_row_can_take_a_limit_away_again() {
        Rule rule = Rule.of(List.of(
                new Setting("shop-a", "SHIRT", settings(0, null, null, EVERYWHERE)),
                new Setting("shop-a", "*", settings(9, null, null, BERLIN))));

        assertThat(rule.limits().safetyStock()).isZero();
        assertThat(rule.limits().locations()).isEmpty();
    }

    @Test
    void well_again_is_a_fifth_above_the_threshold_unless_somebody_says_otherwise() {
        assertThat(low(10, null).lowStockRecovery()).isEqualTo(12);
        assertThat(low(1, null).lowStockRecovery()).isEqualTo(2);
        assertThat(low(10, 30).lowStockRecovery()).isEqualTo(30);
        assertThat(Rule.NONE.lowStock()).isNegative();
    }

    private static Rule low(int lowStock, @Nullable Integer recovery) {
        return Rule.of(List.of(new Setting(
                "*",
                "SHIRT",
                new Settings(null, null, null, null, null, null, null, null, null, null, lowStock, recovery))));
    }

    private static Settings settings(
            @Nullable Integer safetyStock,
            @Nullable Integer minimum,
            @Nullable Integer maximum,
            @Nullable SortedSet<String> locations) {
        return new Settings(safetyStock, null, null, minimum, maximum, null, null, locations, null, null, null, null);
    }
}
