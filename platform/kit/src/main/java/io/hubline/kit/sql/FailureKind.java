package io.hubline.kit.sql;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a failure asks of the one who met it.
public enum FailureKind {
    /// The database is away or full. It says nothing about the work: wait, however long, and try again.
    UNREACHABLE,
    /// The work met other work: a deadlock, a lost race, a lock that took too long. It may pass next time.
    CONTENDED,
    /// The same work fails again.
    PERMANENT;

    // 08 connection and 53 resources; here shutdown, start, and a standby that is not yet the primary.
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57P05", "25006");
    // Serialization failure, deadlock, lock not available, statement timeout, unique violation of a lost race.
    private static final Set<String> RACE = Set.of("40001", "40P01", "55P03", "57014", "23505");
    private static final int CAUSES_MAX = 20;

    /// Judges a failure by the first of its causes that says something.
    public static FailureKind of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Arrays.stream(cause.getSuppressed())))
                .map(FailureKind::judge)
                .flatMap(Optional::stream)
                .findFirst()
                // A commit that failed and does not say why: the connection broke, or the time was up.
                .orElseGet(() -> rolledBack(failure) ? CONTENDED : PERMANENT);
    }

    /// Whether it failed because of a character that no text of the database can hold, which is U+0000.
    public static boolean isUnstorableText(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .anyMatch(cause -> cause instanceof SQLException sql && "22021".equals(sql.getSQLState()));
    }

    private static Optional<FailureKind> judge(Throwable cause) {
        return switch (cause) {
            case SQLTransientConnectionException _, SQLNonTransientConnectionException _, SQLRecoverableException _ ->
                Optional.of(UNREACHABLE);
            case SQLException sql -> judge(sql);
            case OptimisticLockException _, PessimisticLockException _, LockTimeoutException _ ->
                Optional.of(CONTENDED);
            default -> Optional.empty();
        };
    }

    private static Optional<FailureKind> judge(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        if (state == null) {
            return isPoolExhausted(failure) ? Optional.of(UNREACHABLE) : Optional.empty();
        }
        if (state.startsWith("08") || state.startsWith("53") || AWAY.contains(state)) {
            return Optional.of(UNREACHABLE);
        }
        return Optional.of(RACE.contains(state) ? CONTENDED : PERMANENT);
    }

    /// The connection pool gives no state when it finds no connection in time.
    private static boolean isPoolExhausted(SQLException failure) {
        @Nullable String message = failure.getMessage();
        return message != null && message.contains("cquisition timeout");
    }

    private static boolean rolledBack(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .anyMatch(cause -> cause instanceof RollbackException || cause instanceof SystemException);
    }
}
