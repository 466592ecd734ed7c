package io.hubline.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

    private final Lanes<String> lanes = new Lanes<>();

    @Test
    void what_waits_is_taken_together_in_the_order_of_its_coming() {
        lanes.add("1", Set.of("hot"), 1);
        lanes.add("2", Set.of("hot"), 1);
        lanes.add("3", Set.of("cold"), 1);

        Lanes.Batch<String> batch = lanes.take(10);

        assertThat(batch.items()).containsExactly("1", "2", "3");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void a_key_is_in_one_hand_only() {
        lanes.add("1", Set.of("hot"), 1);
        Lanes.Batch<String> first = lanes.take(10);
        lanes.add("2", Set.of("hot"), 1);
        lanes.add("3", Set.of("hot"), 1);

        assertThat(lanes.hasReady()).isFalse();
        assertThat(lanes.take(10).items()).isEmpty();
        lanes.done(first);

        assertThat(lanes.take(10).items()).containsExactly("2", "3");
    }

    @Test
    void a_cold_key_does_not_wait_for_a_hot_one() {
        lanes.add("1", Set.of("hot"), 1);
        lanes.take(10);
        for (int i = 0; i < 1_000; i++) {
            lanes.add("hot " + i, Set.of("hot"), 1);
        }
        lanes.add("cold", Set.of("cold"), 1);

        assertThat(lanes.take(10).items()).containsExactly("cold");
    }

    @Test
    void what_a_full_batch_leaves_behind_of_a_hot_key_lets_a_cold_one_pass() {
        for (int i = 0; i < 10; i++) {
            lanes.add("hot " + i, Set.of("hot"), 1);
        }
        lanes.add("cold", Set.of("cold"), 1);

        Lanes.Batch<String> first = lanes.take(4);

        assertThat(first.items()).containsExactly("hot 0", "hot 1", "hot 2", "hot 3");
        assertThat(lanes.take(4).items()).containsExactly("cold");
        lanes.done(first);
        assertThat(lanes.take(4).items()).containsExactly("hot 4", "hot 5", "hot 6", "hot 7");
    }

    @Test
    void an_item_with_many_keys_is_not_passed_on_any_of_them() {
        lanes.add("a", Set.of("A"), 1);
        Lanes.Batch<String> first = lanes.take(10);
        lanes.add("many", Set.of("A", "B", "C"), 1);
        lanes.add("b", Set.of("B"), 1);
        lanes.add("d", Set.of("D"), 1);

        assertThat(lanes.take(10).items()).containsExactly("d");
        lanes.add("c", Set.of("C"), 1);
        assertThat(lanes.hasReady()).isFalse();
        lanes.done(first);

        assertThat(lanes.take(10).items()).containsExactly("many", "b", "c");
    }

    @Test
    void an_item_with_many_keys_gets_its_turn_though_each_of_them_is_always_wanted() {
        Map<String, Lanes.Batch<String>> inHand = new HashMap<>();
        for (String key : List.of("A", "B", "C")) {
            lanes.add(key + " 0", Set.of(key), 1);
            inHand.put(key, lanes.take(1));
        }
        lanes.add("many", Set.of("A", "B", "C"), 1);
        List<String> taken = new ArrayList<>();

        for (int turn = 1; turn <= 3; turn++) {
            for (String key : List.of("A", "B", "C")) {
                lanes.add(key + " " + turn, Set.of(key), 1);
            }
            lanes.done(inHand.remove(List.of("A", "B", "C").get(turn - 1)));
            taken.addAll(lanes.take(1).items());
        }

        assertThat(taken).containsExactly("many");
    }

    @Test
    void a_batch_weighs_no_more_than_it_may_unless_one_item_does() {
        lanes.add("heavy", Set.of("A"), 100);
        lanes.add("1", Set.of("B"), 4);
        lanes.add("2", Set.of("C"), 4);
        lanes.add("3", Set.of("D"), 4);

        assertThat(lanes.take(10).items()).containsExactly("heavy");
        assertThat(lanes.take(10).items()).containsExactly("1", "2");
        assertThat(lanes.take(10).items()).containsExactly("3");
    }

    @Test
    void what_is_withdrawn_holds_nobody_up() {
        lanes.add("a", Set.of("A"), 1);
        lanes.take(10);
        lanes.add("gone", Set.of("A", "B"), 1);
        lanes.add("b", Set.of("B"), 1);
        lanes.add("ready", Set.of("C"), 1);

        List<String> withdrawn = lanes.withdraw(item -> item.equals("gone") || item.equals("ready"));

        assertThat(withdrawn).containsExactly("gone", "ready");
        assertThat(lanes.take(10).items()).containsExactly("b");
        assertThat(lanes.size()).isZero();
    }

    /// Goal: whatever comes, is taken, given back and withdrawn in whatever order, no key is in two hands,
    /// of each key the first to come is the first taken, and everything is taken in the end. Method: random
    /// steps from a fixed seed, against a list of what came per key.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 4711})
    void order_and_exclusion_hold_in_random_histories(long seed) {
        Random random = new Random(seed);
        Lanes<Item> many = new Lanes<>();
        Map<Integer, List<Integer>> arrived = new HashMap<>();
        Map<Integer, List<Integer>> taken = new HashMap<>();
        List<Lanes.Batch<Item>> hands = new ArrayList<>();
        Set<Object> held = new HashSet<>();
        Set<Integer> withdrawn = new HashSet<>();
        int number = 0;

        for (int step = 0; step < 5_000; step++) {
            int dice = random.nextInt(100);
            if (dice < 45 && step < 4_500) {
                Item item = new Item(number++, keys(random));
                item.keys.forEach(key ->
                        arrived.computeIfAbsent(key, _ -> new ArrayList<>()).add(item.number));
                many.add(item, item.keys, 1 + random.nextInt(3));
            } else if (dice < 70 && hands.size() < 4) {
                Lanes.Batch<Item> batch = many.take(1 + random.nextInt(8));
                assertThat(batch.keys()).noneMatch(held::contains);
                held.addAll(batch.keys());
                hands.add(batch);
                batch.items()
                        .forEach(item -> item.keys.forEach(key -> taken.computeIfAbsent(key, _ -> new ArrayList<>())
                                .add(item.number)));
            } else if (dice < 98 && !hands.isEmpty()) {
                Lanes.Batch<Item> batch = hands.remove(random.nextInt(hands.size()));
                held.removeAll(batch.keys());
                many.done(batch);
            } else if (dice == 99) {
                int one = random.nextInt(number + 1);
                many.withdraw(item -> item.number == one).forEach(item -> withdrawn.add(item.number));
            }
        }
        while (many.size() > 0) {
            hands.forEach(many::done);
            hands.clear();
            Lanes.Batch<Item> batch = many.take(8);
            hands.add(batch);
            batch.items()
                    .forEach(item -> item.keys.forEach(key ->
                            taken.computeIfAbsent(key, _ -> new ArrayList<>()).add(item.number)));
        }

        assertThat(number).isGreaterThan(1_500);
        arrived.values().forEach(numbers -> numbers.removeIf(withdrawn::contains));
        assertThat(taken).isEqualTo(arrived);
    }

    private static Set<Integer> keys(Random random) {
        Set<Integer> keys = new TreeSet<>();
        int count = random.nextInt(20) == 0 ? 6 : 1 + random.nextInt(2);
        while (keys.size() < count) {
            keys.add(random.nextInt(3) == 0 ? 0 : random.nextInt(12));
        }
        return keys;
    }

    private record Item(int number, Set<Integer> keys) {}
}
