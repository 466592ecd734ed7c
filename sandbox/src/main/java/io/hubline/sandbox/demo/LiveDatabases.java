package io.hubline.sandbox.demo;

import io.hubline.sandbox.launcher.LaunchException;
import io.hubline.sandbox.launcher.Supervisor;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// The databases and logs of a running hub, opened past its services.
final class LiveDatabases implements Inspection.Databases {

    private final Supervisor hub;

    LiveDatabases(Supervisor hub) {
        this.hub = hub;
    }

    @Override
    public Database open(String name) {
        try {
            return new Database(hub.jdbc(name));
        } catch (SQLException e) {
            throw new LaunchException("Database %s does not open: %s".formatted(name, e.getMessage()), e);
        }
    }

    @Override
    public Map<String, List<String>> logs() {
        try {
            return hub.logs();
        } catch (IOException e) {
            throw new LaunchException("The logs cannot be read: " + e.getMessage(), e);
        }
    }
}
