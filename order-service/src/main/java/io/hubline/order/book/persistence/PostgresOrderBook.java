package io.hubline.order.book.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.hubline.kit.sql.DatabaseException;
import io.hubline.order.book.domain.HeldOrder;
import io.hubline.order.book.domain.OrderBook;
import io.hubline.order.book.domain.OrderSummary;
import io.hubline.order.book.domain.OrderView;
import io.hubline.order.book.domain.PickTask;
import io.hubline.order.book.domain.SealedRecipient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Questions to the tables of the order book, answered in one statement each.
@ApplicationScoped
class PostgresOrderBook implements OrderBook {

    private final DataSource database;
    private final ObjectMapper json;

    PostgresOrderBook(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    @Override
    public List<OrderSummary> orders(
            @Nullable String account,
            @Nullable String externalId,
            @Nullable String state,
            @Nullable String after,
            int limit) {
        Conditions where = new Conditions()
                .and("o.account = ?", account)
                .and("o.external_id = ?", externalId)
                .and(isState(state) ? "o.state = ?" : "o.stage = ?", state)
                .and("o.order_id < ?::uuid", after);
        return rows("""
                select jsonb_build_object('order_id', order_id, 'account', account, 'channel', channel,
                  'external_id', external_id, 'number', number, 'version', version, 'state', state, 'stage', stage,
                  'placed_at', placed_at, 'ship_by', ship_by, 'currency', currency, 'total_minor', total_minor,
                  'updated_at', updated_at)
                from customer_order o %s order by o.order_id desc limit %d
                """.formatted(where.sql(), limit), where.values(), OrderSummary.class);
    }

    private static boolean isState(@Nullable String state) {
        return "OPEN".equals(state) || "CANCELLED".equals(state) || "COMPLETED".equals(state);
    }

    @Override
    public Optional<OrderView> order(String orderId) {
        return one("""
                select to_jsonb(o) - 'personal_key_id' - 'personal_ciphertext' || jsonb_build_object(
                  'holds', (select coalesce(jsonb_agg(to_jsonb(h) order by h.reason), '[]')
                            from order_hold h where h.order_id = o.order_id and not h.waived),
                  'lines', (select coalesce(jsonb_agg(to_jsonb(l) order by l.position), '[]')
                            from order_line l where l.order_id = o.order_id),
                  'shipments', (select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('lines',
                                  (select jsonb_agg(to_jsonb(u)) from shipment_line u
                                   where u.shipment_id = s.shipment_id)) order by s.position), '[]')
                                from shipment s where s.order_id = o.order_id),
                  'history', (select coalesce(jsonb_agg(to_jsonb(e) order by e.version), '[]')
                              from order_event e where e.order_id = o.order_id))
                from customer_order o where o.order_id = ?::uuid
                """, orderId, OrderView.class);
    }

    @Override
    public Optional<SealedRecipient> recipient(String orderId) {
        return one("""
                select jsonb_build_object('key_id', personal_key_id, 'ciphertext', personal_ciphertext,
                  'context', account || ':' || external_id)
                from customer_order where order_id = ?::uuid
                """, orderId, SealedRecipient.class);
    }

    @Override
    public List<HeldOrder> holds(@Nullable String reason, @Nullable String after, int limit) {
        Conditions where =
                new Conditions().and("h.reason = ?", reason).andBehind("(h.order_id, h.reason) > (?::uuid, ?)", after);
        return rows("""
                select jsonb_build_object('order_id', h.order_id, 'account', o.account, 'external_id', o.external_id,
                  'number', o.number, 'reason', h.reason, 'detail', h.detail, 'placed_at', h.placed_at)
                from order_hold h join customer_order o using (order_id)
                %s not h.waived order by h.order_id, h.reason limit %d
                """.formatted(where.sqlAnd(), limit), where.values(), HeldOrder.class);
    }

    @Override
    public Map<String, Long> holdsByReason() {
        List<HoldCount> counts = rows("""
                select jsonb_build_object('reason', reason, 'orders', count(*))
                from order_hold where not waived group by reason
                """, List.of(), HoldCount.class);
        return counts.stream().collect(Collectors.toMap(HoldCount::reason, HoldCount::orders));
    }

    @RegisterForReflection
    private record HoldCount(String reason, long orders) {}

    @Override
    public List<PickTask> picks(@Nullable String locationId, @Nullable String after, int limit) {
        Conditions where = new Conditions()
                .and("p.location_id = ?", locationId)
                .andBehind("(p.order_id, p.location_id) > (?::uuid, ?)", after);
        return rows("""
                select jsonb_build_object('order_id', t.order_id, 'location_id', t.location_id, 'lines', t.lines,
                  'version', (select o.version from customer_order o where o.order_id = t.order_id))
                from (select p.order_id, p.location_id, jsonb_agg(jsonb_build_object('line_id', p.line_id,
                        'sku', p.sku, 'quantity', p.quantity) order by p.sku, p.line_id) as lines
                      from order_pick p %s
                      group by p.order_id, p.location_id order by p.order_id, p.location_id limit %d) t
                order by t.order_id, t.location_id
                """.formatted(where.sql(), limit), where.values(), PickTask.class);
    }

    private <T> Optional<T> one(String sql, String orderId, Class<T> type) {
        String id;
        try {
            id = UUID.fromString(orderId).toString();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
        return rows(sql, List.of(id), type).stream().findFirst();
    }

    private <T> List<T> rows(String sql, List<String> values, Class<T> type) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setString(i + 1, values.get(i));
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(json.readValue(row.getString(1), type));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException("looking into the order book", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of the order book cannot be read as " + type.getSimpleName(), e);
        }
    }

    /// The conditions of a query that were asked for. Values are always parameters.
    private static final class Conditions {

        private final List<String> conditions = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        Conditions and(String condition, @Nullable String value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
            return this;
        }

        /// @param position an order id, a slash and the rest
        Conditions andBehind(String condition, @Nullable String position) {
            if (position != null) {
                int slash = position.indexOf('/');
                conditions.add(condition);
                values.add(position.substring(0, slash));
                values.add(position.substring(slash + 1));
            }
            return this;
        }

        String sql() {
            return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        }

        /// To go on with one more condition.
        String sqlAnd() {
            return conditions.isEmpty() ? "where" : sql() + " and";
        }

        List<String> values() {
            return values;
        }
    }
}
