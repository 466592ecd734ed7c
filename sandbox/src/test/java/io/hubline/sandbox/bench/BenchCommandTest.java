package io.hubline.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void without_a_name_every_benchmark_is_listed() throws InterruptedException {
        int exit = BenchCommand.run(List.of(), out, out);

        assertThat(exit).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("start", "stock-import", "availability", "explain", "policies");
    }

    @Test
    void an_unknown_option_and_a_wrong_size_are_refused_before_anything_starts() throws InterruptedException {
        assertThat(BenchCommand.run(List.of("policies", "--fast", "1"), out, out))
                .isEqualTo(2);
        assertThat(BenchCommand.run(List.of("policies", "--size", "none"), out, out))
                .isEqualTo(2);
        assertThat(BenchCommand.run(List.of("policies", "--json"), out, out)).isEqualTo(2);
    }

    @Test
    void quantiles_are_values_that_were_seen() {
        List<Long> nanos = List.of(3_000_000L, 1_000_000L, 2_000_000L);

        assertThat(Callers.quantileMs(nanos, 0.5)).isEqualTo(2);
        assertThat(Callers.quantileMs(nanos, 0.99)).isEqualTo(3);
    }
}
