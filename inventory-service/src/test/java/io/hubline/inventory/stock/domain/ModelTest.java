package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.model.Answer;
import io.hubline.inventory.stock.model.Command;
import io.hubline.inventory.stock.model.Compared;
import io.hubline.inventory.stock.model.Comparison;
import io.hubline.inventory.stock.model.Model;
import io.hubline.inventory.stock.model.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Goal: whatever is asked of the books, in whatever order, twice, late, together, or in contradiction to
/// itself, they answer, hold and announce what the simplest bookkeeping would. Method: 10,000 random
/// commands per seed, in batches of random size, against [Model], compared after each batch. A failure
/// names its seed and shows the smallest batches found that still fail.
class ModelTest {

    private static final int STEPS = 10_000;

    @Test
    void the_books_say_what_the_model_says() {
        List<String> differences = LongStream.rangeClosed(1, 20)
                .parallel()
                .mapToObj(seed -> {
                    @Nullable String difference = Comparison.difference(Scenario.draw(seed, STEPS), InMemory::new);
                    return difference == null ? "" : "seed %d %s".formatted(seed, difference);
                })
                .filter(difference -> !difference.isEmpty())
                .toList();

        assertThat(differences).isEmpty();
    }

    /// A scenario that never gets an answer of some kind would prove nothing about it.
    @Test
    void the_scenarios_get_every_answer_there_is() {
        Model model = new Model(Scenario.BUNDLES, Scenario.IN_POOLS);

        Set<Class<?>> answers = Scenario.draw(1, STEPS).stream()
                .flatMap(List::stream)
                .map(model::apply)
                .map(Answer::getClass)
                .collect(Collectors.toSet());

        assertThat(answers).containsExactlyInAnyOrder(Answer.class.getPermittedSubclasses());
        assertThat(model.oversells()).hasSizeGreaterThan(100);
        assertThat(String.join(" ", model.discrepancies()))
                .contains(Arrays.stream(Decision.Discrepancy.Kind.values())
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    /// The pure rules with books in memory.
    private static final class InMemory implements Compared {

        private final BooksInMemory books = new BooksInMemory();
        private final Map<Model.Spot, List<String>> movements = new HashMap<>();
        private final Map<String, List<String>> said = new HashMap<>();
        private final List<String> oversells = new ArrayList<>();
        private final List<String> discrepancies = new ArrayList<>();

        InMemory() {
            books.bundles.putAll(InWords.bundles(Scenario.BUNDLES));
            books.layout = new PoolLayout(Scenario.IN_POOLS, Scenario.IN_POOLS);
        }

        @Override
        public List<Answer> decide(List<Command> batch) {
            Decision decision =
                    books.decide(batch.stream().map(InWords::request).toList());
            decision.movements()
                    .forEach(movement -> movements
                            .computeIfAbsent(
                                    new Model.Spot(
                                            movement.key().sku(), movement.key().location()),
                                    _ -> new ArrayList<>())
                            .add(InWords.movement(movement)));
            decision.announcements()
                    .forEach(announcement -> said.computeIfAbsent(
                                    announcement.promise().orderId(), _ -> new ArrayList<>())
                            .add(InWords.announcement(announcement)));
            decision.oversells().stream().map(InWords::oversell).forEach(oversells::add);
            decision.discrepancies().stream().map(InWords::discrepancy).forEach(discrepancies::add);
            return decision.outcomes().stream().map(InWords::answer).toList();
        }

        @Override
        public Model.Pool pool(Model.Key key) {
            StockKey there = new StockKey(key.pool(), key.sku());
            return InWords.pool(books.pools.getOrDefault(there, PoolPosition.empty(there)));
        }

        @Override
        public Model.Place place(Model.Spot spot) {
            return InWords.place(books.position(spot.sku(), spot.location()));
        }

        @Override
        public List<String> movements(Model.Spot spot) {
            return movements.getOrDefault(spot, List.of());
        }

        @Override
        public @Nullable String order(String id) {
            return InWords.order(books.promises.get(id));
        }

        @Override
        public List<String> said(String order) {
            return said.getOrDefault(order, List.of());
        }

        @Override
        public Map<String, String> holds() {
            Map<String, String> holds = new TreeMap<>();
            books.holds.forEach((id, hold) -> holds.put(id, InWords.answer(hold).toString()));
            return holds;
        }

        @Override
        public Map<String, String> sales() {
            Map<String, String> sales = new TreeMap<>();
            books.sales.forEach((offer, units) -> sales.put(offer, units.sold() + " less " + units.cancelled()));
            return sales;
        }

        @Override
        public List<String> oversells() {
            return oversells;
        }

        @Override
        public List<String> discrepancies() {
            return discrepancies;
        }
    }
}
