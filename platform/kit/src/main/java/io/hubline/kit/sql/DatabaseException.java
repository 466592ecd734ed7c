package io.hubline.kit.sql;

import java.sql.SQLException;

/// A statement failed. The cause keeps its SQL state, from which [FailureKind] tells whether to try again.
public final class DatabaseException extends RuntimeException {

    public DatabaseException(String doing, SQLException cause) {
        super(doing + ": SQL state " + cause.getSQLState(), cause);
    }
}
