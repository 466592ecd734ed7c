package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.ChannelState.ReadBack;
import io.hubline.inventory.availability.domain.ChannelState.Ways;
import io.hubline.inventory.availability.domain.ChannelState.Written;
import io.hubline.inventory.availability.domain.Channels;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresChannels implements Channels {

    private final Sql sql;

    PostgresChannels(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean apply(ChannelState state) {
        @Nullable Ways ways = state.ways();
        @Nullable Written acknowledged = state.acknowledged();
        @Nullable Written outstanding = state.outstanding();
        @Nullable ReadBack read = state.readBack();
        return sql.update(
                        """
                        insert into offer_channel as c
                          (offer, sequence, account, compares, restocks,
                           acknowledged_sequence, acknowledged_quantity, acknowledged_at,
                           outstanding_sequence, outstanding_quantity, outstanding_at, read_quantity, read_at)
                        values (?, ?, ?, ?::boolean, ?::boolean, ?::bigint, ?::int, ?::timestamptz,
                                ?::bigint, ?::int, ?::timestamptz, ?::int, ?::timestamptz)
                        on conflict (offer) do update
                        set sequence = excluded.sequence, account = excluded.account,
                            compares = excluded.compares, restocks = excluded.restocks,
                            acknowledged_sequence = excluded.acknowledged_sequence,
                            acknowledged_quantity = excluded.acknowledged_quantity,
                            acknowledged_at = excluded.acknowledged_at,
                            outstanding_sequence = excluded.outstanding_sequence,
                            outstanding_quantity = excluded.outstanding_quantity,
                            outstanding_at = excluded.outstanding_at,
                            read_quantity = excluded.read_quantity, read_at = excluded.read_at
                        where excluded.sequence > c.sequence
                        """,
                        state.offer(),
                        state.sequence(),
                        state.account(),
                        ways == null ? null : ways.compares(),
                        ways == null ? null : ways.restocks(),
                        acknowledged == null ? null : acknowledged.sequence(),
                        acknowledged == null ? null : acknowledged.quantity(),
                        acknowledged == null ? null : acknowledged.at(),
                        outstanding == null ? null : outstanding.sequence(),
                        outstanding == null ? null : outstanding.quantity(),
                        outstanding == null ? null : outstanding.at(),
                        read == null ? null : read.quantity(),
                        read == null ? null : read.at())
                == 1;
    }

    @Override
    public List<ChannelState> of(Collection<String> offers) {
        return sql.query("""
                select offer, sequence, account, compares, restocks,
                       acknowledged_sequence, acknowledged_quantity, acknowledged_at,
                       outstanding_sequence, outstanding_quantity, outstanding_at, read_quantity, read_at
                from offer_channel where offer = any (?)
                """, PostgresChannels::state, (Object) texts(offers, offer -> offer));
    }

    private static ChannelState state(ResultSet row) throws SQLException {
        @Nullable Boolean compares = row.getObject("compares", Boolean.class);
        @Nullable Boolean restocks = row.getObject("restocks", Boolean.class);
        @Nullable Instant read = Sql.instant(row, "read_at");
        return new ChannelState(
                row.getString("offer"),
                row.getLong("sequence"),
                row.getString("account"),
                compares == null || restocks == null ? null : new Ways(compares, restocks),
                written(row, "acknowledged"),
                written(row, "outstanding"),
                read == null ? null : new ReadBack(row.getInt("read_quantity"), read));
    }

    private static @Nullable Written written(ResultSet row, String which) throws SQLException {
        @Nullable Instant at = Sql.instant(row, which + "_at");
        return at == null ? null : new Written(row.getLong(which + "_sequence"), row.getInt(which + "_quantity"), at);
    }
}
