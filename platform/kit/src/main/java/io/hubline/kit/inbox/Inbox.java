package io.hubline.kit.inbox;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.kit.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// Lets an event take effect once per consumer.
///
/// The insert is the lock: a copy handled elsewhere at the same moment waits until that transaction ends.
/// If the work fails, its row goes with it, and the redelivery works.
@ApplicationScoped
public class Inbox {

    private final DataSource database;
    private final InstantSource clock;

    Inbox(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Runs the work unless this consumer has seen the event, in one transaction with the work's own
    /// changes.
    ///
    /// @param consumer names the effect, such as `stock.orders`; it is never renamed, or old events take
    ///     effect again
    @Transactional(MANDATORY)
    public void once(String consumer, UUID eventId, Runnable work) {
        if (!firstSeen(consumer, Set.of(eventId)).isEmpty()) {
            Cause.during(consumer, eventId, work);
        }
    }

    /// Notes the events and answers those that this consumer had not seen: for consumers that fold a whole
    /// batch into one transaction. The caller applies exactly the answered ones, in the same transaction.
    ///
    /// Ids are noted in one order, so that two batches with common events cannot deadlock here.
    @Transactional(MANDATORY)
    public Set<UUID> firstSeen(String consumer, Collection<UUID> eventIds) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into inbox (consumer, event_id, handled_at)
                        select ?, event_id, ? from (select distinct unnest(?::uuid[]) as event_id order by 1) seen
                        on conflict do nothing
                        returning event_id
                        """)) {
            insert.setString(1, consumer);
            insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setArray(3, connection.createArrayOf("uuid", eventIds.toArray()));
            Set<UUID> first = new HashSet<>();
            try (ResultSet inserted = insert.executeQuery()) {
                while (inserted.next()) {
                    first.add(inserted.getObject(1, UUID.class));
                }
            }
            return first;
        } catch (SQLException e) {
            throw new DatabaseException("noting events in the inbox of " + consumer, e);
        }
    }

    /// Takes back what [#firstSeen] noted in this transaction of events that had no effect after all: they
    /// may come again.
    @Transactional(MANDATORY)
    public void forget(String consumer, Collection<UUID> eventIds) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from inbox where consumer = ? and event_id = any (?)")) {
            delete.setString(1, consumer);
            delete.setArray(2, connection.createArrayOf("uuid", eventIds.toArray()));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("forgetting events in the inbox of " + consumer, e);
        }
    }
}
