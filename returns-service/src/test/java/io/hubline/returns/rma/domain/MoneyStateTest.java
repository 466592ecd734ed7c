package io.hubline.returns.rma.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.returns.rma.domain.MoneyState.Step;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Goal: money moves as the table says, and nowhere else. Method: every state meets every step.
class MoneyStateTest {

    private static final Map<MoneyState, Map<Step, MoneyState>> TABLE = Map.of(
            MoneyState.NONE, Map.of(Step.APPROVE, MoneyState.APPROVED),
            MoneyState.APPROVED, Map.of(Step.SEND, MoneyState.SENT),
            MoneyState.SENT, Map.of(Step.CONFIRM, MoneyState.CONFIRMED, Step.FAIL, MoneyState.FAILED),
            MoneyState.FAILED, Map.of(Step.RETRY, MoneyState.APPROVED, Step.CONFIRM, MoneyState.CONFIRMED),
            MoneyState.CONFIRMED, Map.of());

    static Stream<Arguments> pairs() {
        return Stream.of(MoneyState.values())
                .flatMap(state -> Stream.of(Step.values()).map(step -> Arguments.of(state, step)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void money_goes_where_the_table_says(MoneyState state, Step step) {
        assertThat(state.after(step).orElse(null))
                .isEqualTo(TABLE.getOrDefault(state, Map.of()).get(step));
    }

    @Test
    void the_buyer_waits_for_what_is_decided_and_not_confirmed() {
        assertThat(MoneyState.values())
                .filteredOn(MoneyState::isOwed)
                .containsExactly(MoneyState.APPROVED, MoneyState.SENT, MoneyState.FAILED);
    }
}
