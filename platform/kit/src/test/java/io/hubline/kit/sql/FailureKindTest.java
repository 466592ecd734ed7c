package io.hubline.kit.sql;

import static io.hubline.kit.sql.FailureKind.CONTENDED;
import static io.hubline.kit.sql.FailureKind.PERMANENT;
import static io.hubline.kit.sql.FailureKind.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {

    @ParameterizedTest
    @CsvSource({
        "08001,UNREACHABLE",
        "08006,UNREACHABLE",
        "53300,UNREACHABLE",
        "57P01,UNREACHABLE",
        "57P03,UNREACHABLE",
        "40001,CONTENDED",
        "40P01,CONTENDED",
        "55P03,CONTENDED",
        "23505,CONTENDED",
        "23514,PERMANENT",
        "42P01,PERMANENT",
        "22P02,PERMANENT"
    })
    void a_sql_state_says_what_to_do(String state, FailureKind expected) {
        Exception failure = new IllegalStateException(new RuntimeException(new SQLException("no", state)));

        assertThat(FailureKind.of(failure)).isEqualTo(expected);
    }

    @Test
    void a_pool_without_a_connection_in_time_is_a_database_away() {
        assertThat(FailureKind.of(new SQLException("Sorry, acquisition timeout!")))
                .isEqualTo(UNREACHABLE);
    }

    @Test
    void a_lost_optimistic_race_is_contention() {
        assertThat(FailureKind.of(new OptimisticLockException())).isEqualTo(CONTENDED);
    }

    @Test
    void whatever_is_not_known_is_permanent() {
        assertThat(FailureKind.of(new IllegalArgumentException("no"))).isEqualTo(PERMANENT);
    }

    @Test
    void a_text_that_cannot_be_kept_is_told_from_other_failures() {
        SQLException noText = new SQLException("invalid byte sequence for encoding \"UTF8\": 0x00", "22021");

        assertThat(FailureKind.isUnstorableText(new DatabaseException("insert", noText)))
                .isTrue();
        assertThat(FailureKind.isUnstorableText(new SQLException("division by zero", "22012")))
                .isFalse();
    }
}
