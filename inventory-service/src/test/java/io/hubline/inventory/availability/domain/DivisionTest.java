package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.hubline.inventory.availability.domain.Division.Claim;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivisionTest {

    private static final String SHIRT = "shirt";
    private static final String SOCKS = "socks";

    @Test
    void the_faster_seller_gets_more() {
        assertThat(Division.of(Map.of(SHIRT, 9), List.of(claim("a", 2), claim("b", 4))))
                .containsEntry("a", 3)
                .containsEntry("b", 6);
    }

    @Test
    void offers_of_equal_speed_get_equal_parts_and_the_first_the_odd_one() {
        assertThat(Division.of(Map.of(SHIRT, 5), List.of(claim("b", 1), claim("a", 1))))
                .containsEntry("a", 3)
                .containsEntry("b", 2);
    }

    @Test
    void units_that_nobody_is_known_to_ask_for_are_divided_too() {
        assertThat(Division.of(Map.of(SHIRT, 6), List.of(claim("a", 0), claim("b", 0), claim("c", 0))))
                .containsEntry("a", 2)
                .containsEntry("b", 2)
                .containsEntry("c", 2);
    }

    @Test
    void far_more_units_than_are_asked_for_follow_the_speed_still() {
        assertThat(Division.of(Map.of(SHIRT, 30_000), List.of(claim("a", 1), claim("b", 2))))
                .containsEntry("a", 10_000)
                .containsEntry("b", 20_000);
    }

    @Test
    void limits_are_obeyed_and_what_they_leave_goes_to_the_others() {
        Claim<String> picky = new Claim<>("a", parts(SHIRT, 1), Demand.poisson(1), 1, 4, 100);
        Claim<String> small = new Claim<>("b", parts(SHIRT, 1), Demand.poisson(5), 1, 0, 2);

        assertThat(Division.of(Map.of(SHIRT, 5), List.of(picky, small, claim("c", 5))))
                .containsEntry("a", 0)
                .containsEntry("b", 2)
                .containsEntry("c", 3);
    }

    @Test
    void a_weighty_sale_comes_first() {
        Claim<String> dear = new Claim<>("b", parts(SHIRT, 1), Demand.poisson(1), 10, 0, 100);

        assertThat(Division.of(Map.of(SHIRT, 1), List.of(claim("a", 1), dear))).containsEntry("b", 1);
    }

    @Test
    void a_bundle_takes_of_each_part_and_stops_at_the_scarcest() {
        Claim<String> set = new Claim<>("set", new TreeMap<>(Map.of(SHIRT, 1, SOCKS, 2)), Demand.poisson(9), 9, 0, 100);

        assertThat(Division.of(Map.of(SHIRT, 5, SOCKS, 5), List.of(set, claim("shirt", 1))))
                .containsEntry("set", 2)
                .containsEntry("shirt", 3);
    }

    /// Goal: the greedy division of one SKU loses as little as the best one. Method: all divisions are
    /// tried.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_other_division_sells_more(long seed) {
        Random random = new Random(seed);
        List<Claim<String>> claims = List.of(any("a", random), any("b", random), any("c", random));

        Map<String, Integer> divided = Division.of(Map.of(SHIRT, 12), claims);

        double best = 0;
        for (int a = 0; a <= 12; a++) {
            for (int b = 0; a + b <= 12; b++) {
                best = Math.max(best, sales(claims, Map.of("a", a, "b", b, "c", 12 - a - b)));
            }
        }
        assertThat(sales(claims, divided)).isCloseTo(best, within(1e-9));
    }

    @Test
    void nonsense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Claim<>("a", parts(SHIRT, 1), Demand.NONE, Double.NaN, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Claim<>("a", parts(SHIRT, 1), Demand.NONE, 1, -1, 1));
    }

    private static double sales(List<Claim<String>> claims, Map<String, Integer> divided) {
        return claims.stream()
                .mapToDouble(
                        claim -> claim.weight() * claim.demand().expectedSales(divided.getOrDefault(claim.offer(), 0)))
                .sum();
    }

    private static Claim<String> any(String offer, Random random) {
        double mean = random.nextDouble() * 8;
        return new Claim<>(
                offer,
                parts(SHIRT, 1),
                new Demand(mean, mean * (1 + random.nextInt(4))),
                1 + random.nextInt(3),
                0,
                100);
    }

    private static Claim<String> claim(String offer, double mean) {
        return new Claim<>(offer, parts(SHIRT, 1), Demand.poisson(mean), 1, 0, Integer.MAX_VALUE);
    }

    private static SortedMap<String, Integer> parts(String key, int per) {
        return new TreeMap<>(Map.of(key, per));
    }
}
