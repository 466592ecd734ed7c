package io.hubline.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.testkit.InfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class SqlTest {

    private static final String LONGEST = "select max(length(v)) from unnest(?::text[]) as v";
    private static final int OFTEN = 20;

    @Inject
    Sql sql;

    @Test
    void no_plan_is_kept_for_a_long_array() {
        List<String> plans = QuarkusTransaction.requiringNew().call(() -> {
            for (int time = 0; time < OFTEN; time++) {
                assertThat(longest(batchOf(3))).isEqualTo(1);
                assertThat(longest(batchOf(1_000))).isEqualTo(3);
            }
            return sql.query("select statement from pg_prepared_statements", row -> row.getString("statement"));
        });

        assertThat(plans)
                .filteredOn(plan -> plan.contains("max(length(v))"))
                .singleElement()
                .asString()
                .startsWith("select");
    }

    private int longest(List<Long> batch) {
        return sql.query(LONGEST, row -> row.getInt(1), (Object) Sql.texts(batch, number -> number))
                .getFirst();
    }

    private static List<Long> batchOf(int size) {
        return LongStream.range(0, size).boxed().toList();
    }
}
