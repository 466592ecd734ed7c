package io.hubline.returns.rma.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.returns.rma.domain.Custody.Step;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Goal: goods move as the table says, and nowhere else. Method: every state meets every step.
class CustodyTest {

    private static final Map<Custody, Map<Step, Custody>> TABLE = Map.of(
            Custody.EXPECTED, Map.of(Step.RECEIVE, Custody.RECEIVED, Step.GIVE_UP, Custody.MISSING),
            Custody.RECEIVED, Map.of(Step.INSPECT, Custody.INSPECTED),
            Custody.INSPECTED, Map.of(Step.RESTOCK, Custody.RESTOCKED, Step.SCRAP, Custody.SCRAPPED),
            Custody.RESTOCKED, Map.of(),
            Custody.SCRAPPED, Map.of(),
            Custody.MISSING, Map.of(Step.RECEIVE, Custody.RECEIVED));

    static Stream<Arguments> pairs() {
        return Stream.of(Custody.values())
                .flatMap(state -> Stream.of(Step.values()).map(step -> Arguments.of(state, step)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_unit_goes_where_the_table_says(Custody state, Step step) {
        assertThat(state.after(step).orElse(null))
                .isEqualTo(TABLE.getOrDefault(state, Map.of()).get(step));
    }

    @Test
    void goods_end_restocked_scrapped_or_given_up() {
        assertThat(Custody.values())
                .filteredOn(Custody::isEnd)
                .containsExactly(Custody.RESTOCKED, Custody.SCRAPPED, Custody.MISSING);
    }
}
