package io.hubline.sandbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BasketDrawTest {

    private static final List<Storefront> STOREFRONTS = List.of(storefront("alpha"), storefront("beta"));

    @Test
    void the_same_seed_gives_the_same_buyers() {
        assertThat(baskets(7)).isEqualTo(baskets(7)).isNotEqualTo(baskets(8));
    }

    @Test
    void baskets_have_one_to_three_lines_of_different_goods() {
        assertThat(baskets(1)).allSatisfy(basket -> {
            assertThat(basket.items()).hasSizeBetween(1, 3);
            assertThat(basket.items()).extracting(Basket.Item::sku).doesNotHaveDuplicates();
        });
    }

    @Test
    void they_come_at_the_planned_rate() {
        double seconds = baskets(1).stream()
                .mapToDouble(basket -> basket.afterPrevious().toNanos() / 1e9)
                .sum();

        assertThat(seconds).isBetween(190.0, 210.0);
    }

    @Test
    void about_the_planned_share_regrets_and_mostly_soon() {
        List<Duration> regrets = baskets(1).stream()
                .map(Basket::regretAfter)
                .flatMap(Stream::ofNullable)
                .toList();

        assertThat(regrets).hasSizeBetween(160, 240);
        assertThat(regrets).allMatch(after -> after.compareTo(Duration.ofSeconds(8)) < 0);
        assertThat(regrets.stream()
                        .filter(after -> after.compareTo(Duration.ofSeconds(2)) < 0)
                        .count())
                .isBetween(regrets.size() * 2L / 5, regrets.size() * 3L / 5);
    }

    @Test
    void the_first_goods_are_wanted_most_and_all_are_wanted() {
        List<String> skus = baskets(1).stream()
                .flatMap(basket -> basket.items().stream())
                .map(Basket.Item::sku)
                .toList();

        assertThat(skus.stream().filter("SKU-0"::equals).count())
                .isGreaterThan(3 * skus.stream().filter("SKU-19"::equals).count());
        assertThat(skus.stream().distinct()).hasSize(20);
    }

    @Test
    void about_the_planned_share_of_those_who_keep_their_order_sends_something_of_it_back() {
        List<Basket> baskets = baskets(1, 0.2, STOREFRONTS);

        List<Basket> returning =
                baskets.stream().filter(basket -> basket.unwanted() != null).toList();

        assertThat(returning).hasSizeBetween(300, 420);
        assertThat(returning).allSatisfy(basket -> {
            Basket.Unwanted unwanted = Objects.requireNonNull(basket.unwanted());
            assertThat(basket.regretAfter()).isNull();
            assertThat(basket.items())
                    .anyMatch(item -> item.sku().equals(unwanted.sku()) && item.quantity() >= unwanted.quantity());
        });
    }

    @Test
    void returns_change_nothing_else_of_what_is_drawn() {
        List<Basket> without = baskets(7);
        List<Basket> with = baskets(7, 0.5, STOREFRONTS);

        assertThat(with)
                .extracting(Basket::items, Basket::afterPrevious, Basket::regretAfter)
                .containsExactlyElementsOf(without.stream()
                        .map(basket -> tuple(basket.items(), basket.afterPrevious(), basket.regretAfter()))
                        .toList());
        assertThat(with).isEqualTo(baskets(7, 0.5, STOREFRONTS));
    }

    @Test
    void nobody_sends_goods_back_to_a_shop_that_takes_none() {
        Storefront closed = new Storefront(
                STOREFRONTS.getFirst().base(), STOREFRONTS.getFirst().skus(), false, 1);

        assertThat(baskets(1, 1, List.of(closed))).extracting(Basket::unwanted).containsOnlyNulls();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> closed.requestReturn("1", "{}"));
    }

    private static List<Basket> baskets(long seed, double returnShare, List<Storefront> storefronts) {
        BasketDraw draw = new BasketDraw(
                new BuyerPlan(
                        10,
                        Duration.ofMinutes(1),
                        0.1,
                        Duration.ofSeconds(8),
                        seed,
                        returnShare,
                        Duration.ofSeconds(5)),
                storefronts);
        return Stream.generate(draw::next).limit(2000).toList();
    }

    private static List<Basket> baskets(long seed) {
        BasketDraw draw =
                new BasketDraw(new BuyerPlan(10, Duration.ofMinutes(1), 0.1, Duration.ofSeconds(8), seed), STOREFRONTS);
        return Stream.generate(draw::next).limit(2000).toList();
    }

    private static Storefront storefront(String name) {
        return new Storefront(
                URI.create("http://127.0.0.1:1/shops/" + name),
                IntStream.range(0, 20).mapToObj(number -> "SKU-" + number).toList());
    }
}
