package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.Shortage.Promised;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortageTest {

    @Test
    void one_large_order_is_fewer_than_two_small_ones() {
        assertThat(Shortage.affected(5, List.of(new Promised("A", 2), new Promised("B", 3), new Promised("C", 5))))
                .containsExactly(new Promised("C", 5));
    }

    @Test
    void of_as_few_orders_the_last_in_need_are_affected() {
        assertThat(Shortage.affected(
                        4,
                        List.of(
                                new Promised("A", 1),
                                new Promised("B", 2),
                                new Promised("C", 3),
                                new Promised("D", 3))))
                .containsExactly(new Promised("A", 1), new Promised("C", 3));
    }

    @Test
    void all_are_affected_where_all_together_do_not_cover_it() {
        assertThat(Shortage.affected(9, List.of(new Promised("A", 1), new Promised("B", 2))))
                .containsExactly(new Promised("A", 1), new Promised("B", 2));
        assertThat(Shortage.affected(9, List.of())).isEmpty();
    }

    /// Goal: no choice is shorter, and none of the same length is later in need. Method: every choice of up
    /// to ten orders is tried.
    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 20261123})
    void no_choice_is_better(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Promised> orders = IntStream.range(0, 1 + random.nextInt(10))
                    .mapToObj(number -> new Promised("order-" + number, 1 + random.nextInt(5)))
                    .toList();
            int shortBy = 1 + random.nextInt(units(orders));

            assertThat(Shortage.affected(shortBy, orders)).isEqualTo(best(shortBy, orders));
        }
    }

    private static List<Promised> best(int shortBy, List<Promised> orders) {
        List<List<Promised>> choices = new ArrayList<>();
        for (int mask = 1; mask < 1 << orders.size(); mask++) {
            int chosen = mask;
            choices.add(IntStream.range(0, orders.size())
                    .filter(place -> (chosen & 1 << place) != 0)
                    .mapToObj(orders::get)
                    .toList());
        }
        return choices.stream()
                .filter(choice -> units(choice) >= shortBy)
                .min(Comparator.<List<Promised>>comparingInt(List::size)
                        .thenComparing(choice -> choice.stream()
                                .map(order -> "%02d".formatted(orders.indexOf(order)))
                                .reduce("", String::concat)))
                .orElseThrow();
    }

    private static int units(List<Promised> orders) {
        return orders.stream().mapToInt(Promised::units).sum();
    }
}
