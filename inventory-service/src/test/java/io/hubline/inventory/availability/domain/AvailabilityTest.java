package io.hubline.inventory.availability.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.availability.domain.Availability.Term;
import io.hubline.inventory.availability.domain.Stock.Part;
import io.hubline.inventory.availability.domain.Stock.Place;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvailabilityTest {

    private static final Term HIDDEN = new Term("hidden-at-zero", 0);

    @Test
    void what_is_promised_is_not_shown() {
        Availability availability = shown(stock(10, 3, 0), Settings.NONE);

        assertThat(availability.quantity()).isEqualTo(7);
        assertThat(availability.terms()).containsExactly(new Term("on-hand", 10), new Term("reserved", -3));
    }

    @Test
    void a_short_pool_shows_nothing_which_hides_the_offer() {
        Availability availability = shown(stock(2, 5, 1), Settings.NONE);

        assertThat(availability.quantity()).isZero();
        assertThat(availability.terms())
                .containsExactly(
                        new Term("on-hand", 2),
                        new Term("reserved", -5),
                        new Term("backordered", -1),
                        new Term("promised-beyond-on-hand", 4),
                        HIDDEN);
    }

    @Test
    void safety_stock_is_kept_back_as_far_as_it_goes() {
        assertThat(shown(stock(10, 0, 0), with("safetyStock", 4)).quantity()).isEqualTo(6);
        assertThat(shown(stock(3, 0, 0), with("safetyStock", 4)).terms())
                .containsExactly(new Term("on-hand", 3), new Term("safety-stock", -3), HIDDEN);
    }

    @Test
    void a_percentage_is_kept_back_of_what_can_be_promised_rounded_up() {
        Availability availability = shown(stock(15, 4, 0), with("safetyPercent", 10));

        assertThat(availability.terms())
                .containsExactly(new Term("on-hand", 15), new Term("reserved", -4), new Term("safety-percent", -2));
    }

    @Test
    void of_several_safety_stocks_the_largest_is_kept_back() {
        Settings both = new Settings(2, 50, null, null, null, null, null, null, null, null, null, null);

        assertThat(Availability.shared(stock(10, 0, 0), limits(both), 7).terms())
                .containsExactly(new Term("on-hand", 10), new Term("safety-computed", -7));
        assertThat(Availability.shared(stock(10, 0, 0), limits(both), 1).terms())
                .containsExactly(new Term("on-hand", 10), new Term("safety-percent", -5));
        assertThat(Availability.shared(stock(3, 0, 0), limits(both), 1).terms())
                .containsExactly(new Term("on-hand", 3), new Term("safety-stock", -2));
    }

    @Test
    void a_channel_never_shows_more_than_its_maximum() {
        Availability availability = shown(stock(10, 0, 0), with("maximum", 6));

        assertThat(availability.terms()).containsExactly(new Term("on-hand", 10), new Term("above-maximum", -4));
    }

    @Test
    void a_channel_never_shows_more_than_its_share_of_what_can_be_promised() {
        Availability availability = shown(stock(11, 0, 0), with("share", 50));

        assertThat(availability.terms()).containsExactly(new Term("on-hand", 11), new Term("above-share", -6));
    }

    @Test
    void what_is_kept_for_other_channels_is_not_shown() {
        assertThat(shown(stock(10, 0, 0), with("reserve", 4)).terms())
                .containsExactly(new Term("on-hand", 10), new Term("kept-for-other-channels", -4));
        assertThat(shown(stock(3, 0, 0), with("reserve", 4)).quantity()).isZero();
    }

    @Test
    void below_its_minimum_a_channel_shows_nothing() {
        assertThat(shown(stock(2, 0, 0), with("minimum", 3)).terms())
                .containsExactly(new Term("on-hand", 2), new Term("below-minimum", -2), HIDDEN);
        assertThat(shown(stock(3, 0, 0), with("minimum", 3)).quantity()).isEqualTo(3);
    }

    @Test
    void only_what_lies_at_its_locations_and_is_not_promised_there_counts() {
        Stock stock = new Stock(List.of(new Part(
                "default",
                "SHIRT",
                1,
                10,
                5,
                1,
                0,
                List.of(new Place("berlin", 6, 2, 4), new Place("hamburg", 4, 1, 2)))));

        Availability availability = shown(stock, at("berlin"));

        // 6 lie there and 2 are allocated there; of 5 promised units 2 are at no location, and 1 waits.
        assertThat(availability.quantity()).isEqualTo(6 - 2 - 2 - 1);
        assertThat(availability.terms())
                .containsExactly(
                        new Term("on-hand", 10),
                        new Term("at-other-locations", -4),
                        new Term("reserved", -5),
                        new Term("allocated-at-other-locations", 1),
                        new Term("backordered", -1));
    }

    @Test
    void what_another_location_owes_is_not_shown_twice() {
        Stock stock = new Stock(List.of(new Part(
                "default",
                "SHIRT",
                1,
                5,
                3,
                0,
                0,
                List.of(new Place("berlin", 5, 0, 1), new Place("hamburg", 0, 3, 2)))));

        Availability availability = shown(stock, at("berlin"));

        assertThat(availability.terms())
                .containsExactly(
                        new Term("on-hand", 5),
                        new Term("reserved", -3),
                        new Term("allocated-at-other-locations", 3),
                        new Term("owed-to-other-locations", -3));
    }

    @Test
    void a_location_where_nothing_ever_lay_has_nothing() {
        assertThat(shown(stock(10, 0, 0), at("munich")).quantity()).isZero();
    }

    @Test
    void what_is_made_to_order_shows_its_number_once_nothing_is_left() {
        Settings made = new Settings(3, null, null, null, 2, null, null, null, 20, null, null, null);

        assertThat(shown(stock(1, 1, 2), made).terms())
                .containsExactly(
                        new Term("on-hand", 1),
                        new Term("reserved", -1),
                        new Term("backordered", -2),
                        new Term("promised-beyond-on-hand", 2),
                        new Term("made-to-order", 20));
        assertThat(shown(stock(10, 0, 0), made).terms())
                .containsExactly(new Term("on-hand", 10), new Term("safety-stock", -3), new Term("above-maximum", -5));
    }

    @Test
    void what_is_discontinued_sells_what_is_there_and_no_more() {
        Settings discontinued = new Settings(null, null, null, null, null, null, null, null, 20, true, null, null);

        assertThat(shown(stock(2, 0, 0), discontinued).terms())
                .containsExactly(new Term("on-hand", 2), new Term("discontinued", 0));
        assertThat(shown(stock(2, 2, 0), discontinued).terms())
                .containsExactly(new Term("on-hand", 2), new Term("reserved", -2), new Term("discontinued", 0), HIDDEN);
    }

    @Test
    void a_bundle_can_be_promised_as_often_as_its_scarcest_part_allows() {
        Stock bundle = new Stock(List.of(
                new Part("default", "MUG", 1, 9, 2, 0, 0, List.of()),
                new Part("default", "SPOON", 2, 12, 1, 0, 0, List.of())));

        Availability availability = shown(bundle, with("safetyStock", 1));

        assertThat(availability.terms()).containsExactly(new Term("fewest-of-parts", 5), new Term("safety-stock", -1));
    }

    @Test
    void a_divided_number_says_what_the_others_may_still_sell() {
        Availability availability = Availability.divided(stock(10, 2, 0), Limits.NONE, 5, 2);

        assertThat(availability.terms())
                .containsExactly(
                        new Term("on-hand", 10),
                        new Term("reserved", -2),
                        new Term("exposed-at-other-offers", -5),
                        new Term("division", -1));
    }

    @Test
    void a_divided_number_of_nothing_hides_the_offer() {
        assertThat(Availability.divided(stock(3, 0, 0), Limits.NONE, 5, 0).terms())
                .containsExactly(new Term("on-hand", 3), new Term("exposed-at-other-offers", -3), HIDDEN);
        assertThat(Availability.divided(stock(0, 0, 0), Limits.NONE, 0, 0).terms())
                .containsExactly(HIDDEN);
    }

    /// Goal: every quantity is the sum of its terms and never above what can be promised. Method: random
    /// positions and settings from a fixed seed; the record itself refuses a wrong sum.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void every_quantity_is_the_sum_of_its_terms(long seed) {
        Random random = new Random(seed);

        for (int step = 0; step < 5_000; step++) {
            Stock stock = new Stock(IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(_ -> part(random))
                    .toList());
            Settings settings = settings(random);
            Limits limits = limits(settings);
            int computed = random.nextInt(4);

            Availability shared = Availability.shared(stock, limits, computed);
            Availability divided = Availability.divided(stock, limits, random.nextInt(20), random.nextInt(20));

            int promisable = stock.parts().stream()
                    .mapToInt(part -> part.promisable() / part.per())
                    .min()
                    .orElseThrow();
            boolean made = shared.terms().stream().anyMatch(term -> term.name().equals("made-to-order"));
            assertThat(shared.quantity())
                    .as("%s %s", stock, settings)
                    .isBetween(0, made ? limits.madeToOrder() : Math.min(promisable, limits.maximum()));
            assertThat(made && limits.discontinued()).isFalse();
            for (Availability availability : List.of(shared, divided)) {
                assertThat(availability.terms().contains(HIDDEN)).isEqualTo(availability.quantity() == 0);
                assertThat(availability.terms()).doesNotHaveDuplicates();
            }
        }
    }

    private static Part part(Random random) {
        List<Place> places = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> new Place("L" + i, random.nextInt(12), random.nextInt(6), i))
                .toList();
        int onHand = places.stream().mapToInt(Place::onHand).sum();
        int allocated = places.stream().mapToInt(Place::allocated).sum();
        return new Part(
                "default",
                "S" + random.nextInt(100),
                1 + random.nextInt(3),
                onHand,
                allocated + random.nextInt(5),
                random.nextInt(3),
                0,
                places);
    }

    private static Settings settings(Random random) {
        SortedSet<String> locations = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(3) == 0) {
                locations.add("L" + i);
            }
        }
        return new Settings(
                random.nextInt(3),
                random.nextInt(30),
                null,
                random.nextInt(4),
                random.nextInt(30),
                random.nextInt(101),
                random.nextInt(3),
                locations,
                random.nextInt(4),
                random.nextInt(4) == 0,
                null,
                null);
    }

    private static Availability shown(Stock stock, Settings settings) {
        return Availability.shared(stock, limits(settings), 0);
    }

    private static Stock stock(int onHand, int reserved, int backordered) {
        return new Stock(List.of(new Part(
                "default", "SHIRT", 1, onHand, reserved, backordered, 0, List.of(new Place("berlin", onHand, 0, 1)))));
    }

    private static Limits limits(Settings settings) {
        return Rule.of(List.of(new Setting("*", "*", settings))).limits();
    }

    private static Settings with(String field, int value) {
        return new Settings(
                field.equals("safetyStock") ? value : null,
                field.equals("safetyPercent") ? value : null,
                null,
                field.equals("minimum") ? value : null,
                field.equals("maximum") ? value : null,
                field.equals("share") ? value : null,
                field.equals("reserve") ? value : null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Settings at(String location) {
        SortedSet<String> locations = new TreeSet<>(Collections.singleton(location));
        return new Settings(null, null, null, null, null, null, null, locations, null, null, null, null);
    }
}
