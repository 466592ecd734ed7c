package io.hubline.kit.inbox;

import io.hubline.kit.sql.DatabaseException;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Forgets, every night, events that no topic can bring back.
@Singleton
class InboxPurge {

    private static final Logger LOGGER = Logger.getLogger(InboxPurge.class);
    private static final int CHUNK = 10_000;

    private final DataSource database;
    private final InstantSource clock;
    private final Duration retention;

    InboxPurge(
            DataSource database,
            InstantSource clock,
            @ConfigProperty(name = "hubline.inbox.retention", defaultValue = "15d") Duration retention) {
        this.database = database;
        this.clock = clock;
        this.retention = retention;
    }

    /// Deletes in chunks, each a transaction of its own, so that no consumer waits long. An event that is
    /// still an open dead letter is remembered, for it can be replayed long after its topic has forgotten
    /// it.
    @Scheduled(cron = "{hubline.inbox.purge-cron}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        long purged = 0;
        int chunk;
        do {
            chunk = purgeChunk();
            purged += chunk;
        } while (chunk == CHUNK);
        LOGGER.infof("Purged %d events from the inbox", purged);
    }

    private int purgeChunk() {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("""
                        delete from inbox where (consumer, event_id) in (
                          select consumer, event_id from inbox i
                          where handled_at < ? and not exists (
                            select from dead_letter d where d.event_id = i.event_id and d.status = 'open')
                          limit ?)
                        """)) {
            delete.setObject(1, clock.instant().minus(retention).atOffset(ZoneOffset.UTC));
            delete.setInt(2, CHUNK);
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("purging the inbox", e);
        }
    }
}
