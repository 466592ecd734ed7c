package io.hubline.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.sandbox.demo.DemoOptions.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void nothing_said_means_deep_stock_and_no_stall() {
        DemoOptions options = DemoOptions.parse(List.of());

        assertThat(options.mode()).isEqualTo(Mode.SHARED);
        assertThat(options.stall()).isZero();
    }

    @Test
    void escrow_and_a_stall_are_told_by_name() {
        DemoOptions options =
                DemoOptions.parse(List.of("--mode", "escrow", "--stall-order-service", "60", "--seconds", "120"));

        assertThat(options.mode()).isEqualTo(Mode.ESCROW);
        assertThat(options.stall()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void an_unknown_mode_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--mode", "split")))
                .hasMessage("--mode is shared or escrow, not 'split'");
    }

    @Test
    void a_stall_that_leaves_no_time_to_trade_is_refused() {
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--seconds", "60", "--stall-order-service", "60")))
                .hasMessage("a stall of 60 s needs --seconds 80 at least, for trade after it");
    }
}
