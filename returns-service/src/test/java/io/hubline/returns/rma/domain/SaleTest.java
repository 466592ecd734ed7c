package io.hubline.returns.rma.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.returns.rma.domain.SoldLine.Sale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaleTest {

    @Test
    void units_share_what_was_paid_as_evenly_as_cents_allow() {
        Sale sale = new Sale(3, 1000, 100, "EUR");

        assertThat(IntStream.range(0, 3).mapToLong(sale::share)).containsExactly(333L, 333L, 334L);
    }

    @Test
    void nothing_was_paid_for_a_unit_beyond_those_ordered() {
        assertThat(new Sale(3, 1000, 100, "EUR").share(3)).isZero();
    }

    /// Goal: the shares of all units are exactly what was paid, however much that is. Method: random sales
    /// from a seed, up to the largest amount there is.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shares_add_up(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            long paid = random.nextLong(i % 2 == 0 ? 10_000 : Long.MAX_VALUE);
            Sale sale = new Sale(1 + random.nextInt(50), paid, paid / 7, "EUR");

            assertThat(IntStream.range(0, sale.ordered()).mapToLong(sale::share).sum())
                    .isEqualTo(paid);
            assertThat(IntStream.range(0, sale.ordered())
                            .mapToLong(sale::taxShare)
                            .sum())
                    .isEqualTo(paid / 7);
        }
    }
}
