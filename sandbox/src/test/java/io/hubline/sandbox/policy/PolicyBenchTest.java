package io.hubline.sandbox.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.sandbox.bench.Bench.Result;
import io.hubline.sandbox.bench.Bench.Wish;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyBenchTest {

    private static final Cell SLOW = new Cell(Duration.ofMinutes(1), 200, 40);

    @TempDir
    Path folder;

    @Test
    void escrow_never_oversells_whatever_the_lag_the_velocity_and_the_depth() {
        PolicyBench.play(Cell.all(), 3)
                .forEach((cell, tallies) -> assertThat(of(tallies, "escrow").oversold())
                        .as(cell.toString())
                        .isZero());
    }

    @Test
    void a_fixed_buffer_oversells_when_more_sells_unseen_than_it_holds() {
        Map<String, Tally> tallies =
                Objects.requireNonNull(PolicyBench.play(List.of(SLOW), 10).get(SLOW));

        assertThat(of(tallies, "no buffer").oversold())
                .isGreaterThan(of(tallies, "fixed 5").oversold());
        assertThat(of(tallies, "fixed 5").oversold()).isPositive();
        assertThat(of(tallies, "fixed 10").unsold())
                .isGreaterThan(of(tallies, "no buffer").unsold());
    }

    @Test
    void every_unit_is_sold_or_left_and_no_buyer_is_counted_twice() {
        PolicyBench.play(List.of(SLOW), 5)
                .values()
                .forEach(tallies -> tallies.forEach((name, tally) -> {
                    assertThat(tally.units()).isEqualTo(5L * SLOW.units());
                    assertThat(tally.unsold())
                            .as(name)
                            .isEqualTo(Math.max(tally.unsold(), tally.units() - tally.sold()));
                    assertThat(tally.sold() + tally.lost()).as(name).isLessThanOrEqualTo(5L * SLOW.buyers());
                }));
    }

    @Test
    void equal_seeds_give_equal_runs_and_another_seed_another() {
        Policy escrow = Policy.all().stream()
                .filter(policy -> policy.name().equals("escrow"))
                .findFirst()
                .orElseThrow();

        List<Tally> once = List.of(run(escrow, 1), run(escrow, 2));
        List<Tally> again = List.of(run(escrow, 1), run(escrow, 2));

        assertThat(again).isEqualTo(once);
        assertThat(Buyers.draw(SLOW, 1)).isNotEqualTo(Buyers.draw(SLOW, 2));
    }

    @Test
    void the_bench_tells_its_baseline_and_draws_every_policy() throws Exception {
        Path chart = folder.resolve("chart.svg");

        Result result = new PolicyBench()
                .run(
                        new Wish(OptionalInt.of(1), Optional.of(chart)),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

        assertThat(result.measured()).containsEntry("oversold", 0L);
        assertThat(String.valueOf(result.baseline().get("name"))).contains("fixed");
        assertThat(result.ratio()).isGreaterThan(1);
        assertThat(lines(chart)).isEqualTo(2 * Cell.SALES_PER_HOUR.size() * 6);
    }

    private static int lines(Path chart) throws Exception {
        try (var in = Files.newInputStream(chart)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("polyline")
                    .getLength();
        } catch (IOException e) {
            throw new IllegalStateException("no chart was drawn", e);
        }
    }

    private static Tally run(Policy policy, long seed) {
        return new Simulation(SLOW, Buyers.draw(SLOW, seed), policy.start(SLOW, seed), seed).run();
    }

    private static Tally of(Map<String, Tally> tallies, String policy) {
        return Objects.requireNonNull(tallies.get(policy), policy);
    }
}
