package io.hubline.kit.sql;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a failure asks of the one who met it.
public enum FailureKind {
    /// The database is away or full. It says nothing about the work: wait, however long, and try again.
    UNREACHABLE,
    /// The work met other work: a deadlock, a lost race, a lock that took too long. It may pass at the
    /// next try.
    CONTENDED,
    /// The same work fails again.
    PERMANENT;

    // 08 connection, 53 resources, 57P0x shutdown and start, 25006 a standby that is not yet the primary.
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57P05", "25006");
    // Serialization failure, deadlock, lock not available, statement timeout, unique violation of a lost race.
    private static final Set<String> RACE = Set.of("40001", "40P01", "55P03", "57014", "23505");
    private static final int CAUSES_MAX = 20;

    /// Judges a failure by the first cause that says something.
    public static FailureKind of(Throwable failure) {
        FailureKind kind = PERMANENT;
        Throwable cause = failure;
        for (int depth = 0; cause != null && kind == PERMANENT && depth < CAUSES_MAX; depth++) {
            kind = judge(cause);
            cause = cause.getCause();
        }
        return kind;
    }

    private static FailureKind judge(Throwable cause) {
        return switch (cause) {
            case SQLTransientConnectionException _, SQLNonTransientConnectionException _, SQLRecoverableException _ ->
                UNREACHABLE;
            case SQLException sql -> judge(sql);
            case OptimisticLockException _, PessimisticLockException _, LockTimeoutException _ -> CONTENDED;
            default -> PERMANENT;
        };
    }

    private static FailureKind judge(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        if (state == null) {
            // The connection pool gives no state when it finds no connection in time.
            return failure.getCause() instanceof IOException || mentionsAcquisition(failure) ? UNREACHABLE : PERMANENT;
        }
        if (state.startsWith("08") || state.startsWith("53") || AWAY.contains(state)) {
            return UNREACHABLE;
        }
        return RACE.contains(state) ? CONTENDED : PERMANENT;
    }

    private static boolean mentionsAcquisition(SQLException failure) {
        String message = failure.getMessage();
        return message != null && message.contains("Acquisition timeout");
    }
}
