package io.hubline.kit.audit;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.kit.Ids;
import io.hubline.kit.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Writes audit rows.
@ApplicationScoped
public class Audit {

    private final DataSource database;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Actor actor;

    Audit(DataSource database, ObjectMapper json, InstantSource clock, Actor actor) {
        this.database = database;
        this.json = json;
        this.clock = clock;
        this.actor = actor;
    }

    /// Records a change in the caller's transaction: there is no change without its row, and no row without
    /// its change.
    ///
    /// Who did it is found here: the caller of the request, the event whose effect is under way
    /// (`event:...`), or the service itself (`system:...`). Values are ids, numbers, states and reasons,
    /// **never personal data**, sealed or not.
    ///
    /// @param action what was done, as `noun.verb-past`, such as `hold.released`
    /// @param before the values that changed, as they were; empty for what did not exist
    /// @param after the same, as they are now; empty for what is no more
    @Transactional(MANDATORY)
    public void record(
            String action,
            String subjectType,
            String subjectId,
            Map<String, ? extends @Nullable Object> before,
            Map<String, ? extends @Nullable Object> after) {
        recordAs(actor.name(), action, subjectType, subjectId, before, after);
    }

    /// The same for work that has left the thread of whoever asked for it.
    ///
    /// @param actor who asked, as [Actor#name] said there
    @Transactional(MANDATORY)
    public void recordAs(
            String actor,
            String action,
            String subjectType,
            String subjectId,
            Map<String, ? extends @Nullable Object> before,
            Map<String, ? extends @Nullable Object> after) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into audit_entry (id, at, actor, action, subject_type, subject_id, before, after)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
                        """)) {
            insert.setObject(1, Ids.next());
            insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setString(3, actor);
            insert.setString(4, action);
            insert.setString(5, subjectType);
            insert.setString(6, subjectId);
            insert.setString(7, write(before));
            insert.setString(8, write(after));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("writing the audit row of " + action, e);
        }
    }

    private @Nullable String write(Map<String, ? extends @Nullable Object> values) {
        try {
            return values.isEmpty() ? null : json.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("audit values cannot be written as JSON", e);
        }
    }
}
