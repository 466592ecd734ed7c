package io.hubline.inventory.stock.persistence;

import io.hubline.inventory.stock.domain.Notes;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

@ApplicationScoped
class PostgresNotes implements Notes {

    private final Sql sql;

    PostgresNotes(Sql sql) {
        this.sql = sql;
    }

    @Override
    public int forgetCounts(Instant from, Instant to, int limit) {
        return sql.update("""
                delete from stock_command where ctid = any (array(
                  select n.ctid from stock_command n
                  where n.recorded_at >= ? and n.recorded_at < ? and n.kind in ('import', 'count', 'count row')
                    and not exists (select from stock_movement m where m.cause = n.kind || ' ' || n.id)
                  limit ?
                  for update skip locked))
                """, from, to, limit);
    }

    @Override
    public int forgetPlanAnswers(Instant before, int limit) {
        return sql.update("""
                delete from plan_answer where ctid = any (array(
                  select ctid from plan_answer where answered_at < ? limit ? for update skip locked))
                """, before, limit);
    }
}
