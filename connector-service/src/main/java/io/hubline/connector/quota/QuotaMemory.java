package io.hubline.connector.quota;

import io.hubline.connector.engine.Transactions;
import io.hubline.connector.spi.Quota.Rate;
import io.hubline.connector.sql.Sql;
import jakarta.inject.Singleton;

/// Remembers slow quotas in PostgreSQL, by its clock.
///
/// A bucket that Redis lost must not be taken for full, and taking it for empty costs nothing where it
/// fills in seconds. Amazon's list of orders comes back once in three minutes: taken for empty, it would
/// not be read for minutes after each start over fresh data and after each loss. Such calls are rare, so a
/// row for each is cheap.
@Singleton
class QuotaMemory {

    private final Sql sql;
    private final Transactions transactions;

    QuotaMemory(Sql sql, Transactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    /// What is left by what was spent; everything when nothing ever was.
    double left(String bucket, Rate rate) {
        return transactions.call(
                () -> sql.first("""
                        select least(?::float8, tokens + extract(epoch from now() - at)::float8 * ?::float8) as tokens
                        from quota_memory where bucket = ?
                        """, row -> row.decimal("tokens"), rate.capacity(), rate.perSecond(), bucket)
                        .orElse(rate.capacity()));
    }

    /// Notes that a cost was taken.
    void spent(String bucket, Rate rate, double cost) {
        transactions.run(() -> sql.run("""
                insert into quota_memory as m (bucket, tokens, at) values (?, ?::float8 - ?::float8, now())
                on conflict (bucket) do update
                set tokens = greatest(0, least(?::float8, m.tokens + extract(epoch from now() - m.at)::float8 * ?::float8)
                    - ?::float8),
                  at = now()
                """, bucket, rate.capacity(), cost, rate.capacity(), rate.perSecond(), cost));
    }
}
