package io.hubline.order.process.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.hubline.kit.sql.DatabaseException;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.OrderStore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Orders in PostgreSQL. Rows travel as JSON, so that an order with all its lines is read in two statements
/// and written in a few, and only what changed is written.
@ApplicationScoped
@RegisterForReflection(targets = {PostgresOrderStore.Parts.class, Order.Pick.class, OrderStore.HistoryEntry.class})
class PostgresOrderStore implements OrderStore {

    private static final String PARTS = """
            select jsonb_build_object(
              'lines', (select coalesce(jsonb_agg(to_jsonb(l) order by l.position), '[]')
                        from order_line l where l.order_id = ?),
              'holds', (select coalesce(jsonb_agg(to_jsonb(h)), '[]') from order_hold h where h.order_id = ?),
              'shipments', (select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('lines',
                              (select jsonb_agg(to_jsonb(u)) from shipment_line u
                               where u.shipment_id = s.shipment_id)) order by s.position), '[]')
                            from shipment s where s.order_id = ?))::text
            """;

    private static final String LINE_COLUMNS = """
            line_id, order_id, position, channel_line_id, channel_sku, variant_id, channel_location, title, asked,
            wanted, shipped, unit_price_minor, tax_minor, ordered, paid_minor, sku, offer, held, backordered, allocated,
            promise_shipped
            """;

    private static final String ADD = """
                insert into customer_order (%1$s, accepted_at, updated_at)
                select %1$s, ?::timestamptz, ?::timestamptz from jsonb_populate_record(null::customer_order, ?::jsonb)
                on conflict (account, external_id) do nothing
                """.formatted(OrderDocument.COLUMNS);

    private static final String SAVE = """
                update customer_order o set
                  (%1$s) = (select %1$s from jsonb_populate_record(null::customer_order, d.document)),
                  routed_at = coalesce(o.routed_at, case when d.document -> 'plan_id' is not null
                    then (d.document ->> 'route_at')::timestamptz end),
                  updated_at = now()
                from (select ?::jsonb as document) d
                where o.order_id = (d.document ->> 'order_id')::uuid
                """.formatted(OrderDocument.MUTABLE);

    private static final String SAVE_LINES = """
                insert into order_line (%1$s)
                select %1$s from jsonb_populate_recordset(null::order_line, ?::jsonb)
                on conflict (line_id) do update set
                  channel_sku = excluded.channel_sku, variant_id = excluded.variant_id,
                  channel_location = excluded.channel_location, title = excluded.title, asked = excluded.asked,
                  wanted = excluded.wanted, shipped = excluded.shipped, unit_price_minor = excluded.unit_price_minor,
                  tax_minor = excluded.tax_minor, ordered = excluded.ordered,
                  paid_minor = excluded.paid_minor, sku = excluded.sku, offer = excluded.offer, held = excluded.held,
                  backordered = excluded.backordered, allocated = excluded.allocated,
                  promise_shipped = excluded.promise_shipped
                """.formatted(LINE_COLUMNS);

    private final DataSource database;
    private final ObjectMapper json;

    PostgresOrderStore(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    @Override
    public Optional<Order> hold(String account, String externalId) {
        return load("o.account = ? and o.external_id = ?", List.of(account, externalId));
    }

    @Override
    public Optional<Order> hold(String orderId) {
        Optional<UUID> id = id(orderId);
        return id.isEmpty() ? Optional.empty() : load("o.order_id = ?", List.of(id.get()));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    /// Locks first and reads the parts in a second statement: a statement that waited for a lock still sees
    /// the other tables as they were before it waited.
    private Optional<Order> load(String condition, List<?> parameters) {
        List<String> found =
                texts("select to_jsonb(o)::text from customer_order o where " + condition + " for update", parameters);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        OrderDocument document = read(found.getFirst(), OrderDocument.class);
        UUID id = document.orderId();
        Parts parts = read(texts(PARTS, List.of(id, id, id)).getFirst(), Parts.class);
        return Optional.of(document.toDomain(parts.lines(), parts.holds(), parts.shipments()));
    }

    @Override
    public boolean add(Order order, List<HistoryEntry> history) {
        Instant at = history.getFirst().at();
        int added = update(ADD, at.toString(), at.toString(), write(OrderDocument.of(order)));
        if (added == 0) {
            return false;
        }
        saveLines(LineDocument.of(order));
        saveHolds(order);
        saveHistory(order, history);
        return true;
    }

    @Override
    public void save(Order before, Order after, List<HistoryEntry> history) {
        update(SAVE, write(OrderDocument.of(after)));
        List<LineDocument> changed = new ArrayList<>(LineDocument.of(after));
        changed.removeAll(LineDocument.of(before));
        saveLines(changed);
        saveShipments(ShipmentDocument.of(after, before.shipments().size()));
        if (!before.holds().equals(after.holds())) {
            update(
                    "delete from order_hold where order_id = ?::uuid",
                    after.identity().orderId());
            saveHolds(after);
        }
        if (!before.picks().equals(after.picks())) {
            savePicks(after);
        }
        saveHistory(after, history);
    }

    private void saveLines(List<LineDocument> lines) {
        if (lines.isEmpty()) {
            return;
        }
        update(SAVE_LINES, write(lines));
    }

    private void saveHolds(Order order) {
        List<HoldDocument> holds = HoldDocument.of(order);
        if (!holds.isEmpty()) {
            update("""
                    insert into order_hold (order_id, reason, detail, placed_at, waived)
                    select order_id, reason, detail, placed_at, waived
                    from jsonb_populate_recordset(null::order_hold, ?::jsonb)
                    """, write(holds));
        }
    }

    private void saveShipments(List<ShipmentDocument> parcels) {
        if (parcels.isEmpty()) {
            return;
        }
        update("""
                insert into shipment
                  (shipment_id, order_id, position, location_id, carrier, tracking_number, tracking_url, shipped_at)
                select shipment_id, order_id, position, location_id, carrier, tracking_number, tracking_url, shipped_at
                from jsonb_populate_recordset(null::shipment, ?::jsonb)
                """, write(parcels));
        update(
                """
                insert into shipment_line (shipment_id, line_id, quantity)
                select shipment_id, line_id, sum(quantity)
                from jsonb_populate_recordset(null::shipment_line, ?::jsonb)
                group by shipment_id, line_id
                """,
                write(parcels.stream()
                        .flatMap(parcel -> parcel.lines().stream())
                        .toList()));
    }

    private void savePicks(Order order) {
        update(
                "delete from order_pick where order_id = ?::uuid",
                order.identity().orderId());
        List<Order.Pick> picks = order.picks();
        if (!picks.isEmpty()) {
            update("""
                    insert into order_pick (location_id, order_id, line_id, sku, quantity)
                    select location_id, ?::uuid, line_id, sku, quantity
                    from jsonb_populate_recordset(null::order_pick, ?::jsonb)
                    """, order.identity().orderId(), write(picks));
        }
    }

    private void saveHistory(Order order, List<HistoryEntry> history) {
        if (!history.isEmpty()) {
            update("""
                    insert into order_event (order_id, version, type, stage, cause, at)
                    select ?::uuid, version, type, ?, cause, at
                    from jsonb_populate_recordset(null::order_event, ?::jsonb)
                    """, order.identity().orderId(), order.stage().name(), write(history));
        }
    }

    @Override
    public Optional<String> ownerOf(String shipmentId) {
        return texts("select order_id::text from shipment where shipment_id = ?", List.of(shipmentId)).stream()
                .findFirst();
    }

    @Override
    public List<String> waitingFor(String account, Collection<String> variantIds, Collection<String> channelSkus) {
        return texts("""
                select distinct l.order_id::text from order_line l join customer_order o using (order_id)
                where l.sku is null and o.account = ?
                  and (l.channel_sku = any(?) or regexp_replace(l.variant_id, '.*/', '') = any(?))
                order by 1
                """, List.of(account, channelSkus.toArray(), variantIds.toArray()));
    }

    private int update(String sql, String... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("writing an order", e);
        }
    }

    private List<String> texts(String sql, List<?> parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                Object parameter = parameters.get(i);
                if (parameter instanceof Object[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    statement.setObject(i + 1, parameter);
                }
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new DatabaseException("reading orders", e);
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored order cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order cannot be written", e);
        }
    }

    /// What hangs on an order's row.
    record Parts(List<LineDocument> lines, List<HoldDocument> holds, List<ShipmentDocument> shipments) {}
}
