package io.hubline.returns.rma.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.kit.sql.Sql;
import io.hubline.returns.rma.domain.ChannelView;
import io.hubline.returns.rma.domain.Custody;
import io.hubline.returns.rma.domain.MoneyState;
import io.hubline.returns.rma.domain.NextStep;
import io.hubline.returns.rma.domain.Refund;
import io.hubline.returns.rma.domain.Restock;
import io.hubline.returns.rma.domain.ReturnBook;
import io.hubline.returns.rma.domain.ReturnLine;
import io.hubline.returns.rma.domain.Returns;
import io.hubline.returns.rma.domain.Rma;
import io.hubline.returns.rma.domain.RmaState;
import io.hubline.returns.rma.domain.SoldLine;
import io.hubline.returns.rma.domain.SoldOrder;
import io.hubline.returns.rma.domain.Unit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Returns in PostgreSQL. A return is written whole: its parts are few. The counts of the order's lines are
/// summed anew from the parts with every write, so they cannot drift, and their CHECKs say no where the sum
/// is wrong.
@ApplicationScoped
@RegisterForReflection(
        ignoreNested = false,
        targets = {ChannelView.class, NextStep.class})
class PostgresReturns implements Returns, ReturnBook {

    private static final String RMA_COLUMNS = """
            return_id, order_id, account, channel, external_id, channel_return_id, version, state, waiting_reason,
            waiting_detail, answer, seen::text as seen, opened_at, updated_at
            """;

    private final Sql sql;
    private final ObjectMapper json;

    PostgresReturns(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Override
    public void lockOrder(String account, String externalId) {
        sql.query(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))::text", row -> true, account + "\n" + externalId);
    }

    @Override
    public Optional<OrderKey> keyOfOrder(String orderId) {
        return sql
                .query("select account, external_id from sold_order where order_id = ?", PostgresReturns::key, orderId)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<OrderKey> keyOfReturn(String returnId) {
        return sql
                .query("select account, external_id from rma where return_id = ?", PostgresReturns::key, returnId)
                .stream()
                .findFirst();
    }

    private static OrderKey key(ResultSet row) throws SQLException {
        return new OrderKey(row.getString("account"), row.getString("external_id"));
    }

    @Override
    public Optional<SoldOrder> order(String account, String externalId) {
        return sql
                .query(
                        """
                        select order_id, version, account, channel, external_id, shipping_minor,
                               shipping_refunded_minor
                        from sold_order where account = ? and external_id = ?
                        """,
                        row -> new SoldOrder(
                                row.getString("order_id"),
                                row.getLong("version"),
                                row.getString("account"),
                                row.getString("channel"),
                                row.getString("external_id"),
                                row.getObject("shipping_minor", Long.class),
                                row.getLong("shipping_refunded_minor"),
                                List.of()),
                        account,
                        externalId)
                .stream()
                .findFirst()
                .map(order -> withLines(order, lines(order.orderId())));
    }

    private static SoldOrder withLines(SoldOrder order, List<SoldLine> lines) {
        return new SoldOrder(
                order.orderId(),
                order.version(),
                order.account(),
                order.channel(),
                order.externalId(),
                order.shippingMinor(),
                order.shippingRefundedMinor(),
                lines);
    }

    private List<SoldLine> lines(String orderId) {
        Map<String, Set<Integer>> taken = new HashMap<>();
        sql.query("""
                        select u.line_id, u.number from rma_unit u join sold_line l using (line_id)
                        where l.order_id = ? and u.held
                        """, row -> Map.entry(row.getString("line_id"), row.getInt("number")), orderId)
                .forEach(unit -> taken.computeIfAbsent(unit.getKey(), _ -> new HashSet<>())
                        .add(unit.getValue()));
        return sql.query("""
                        select line_id, channel_line_id, sku, ordered, paid_minor, tax_minor, currency, shipped,
                               shipped_at, refunded_minor
                        from sold_line where order_id = ? order by position, line_id
                        """, row -> line(row, taken), orderId);
    }

    private static SoldLine line(ResultSet row, Map<String, Set<Integer>> taken) throws SQLException {
        @Nullable Integer ordered = row.getObject("ordered", Integer.class);
        return new SoldLine(
                row.getString("line_id"),
                row.getString("channel_line_id"),
                row.getString("sku"),
                row.getInt("shipped"),
                Sql.instant(row, "shipped_at"),
                ordered == null
                        ? null
                        : new SoldLine.Sale(
                                ordered,
                                row.getLong("paid_minor"),
                                row.getLong("tax_minor"),
                                row.getString("currency")),
                row.getLong("refunded_minor"),
                taken.getOrDefault(row.getString("line_id"), Set.of()));
    }

    @Override
    public boolean learn(SoldOrder facts) {
        int learnt = sql.update(
                """
                insert into sold_order (order_id, version, account, channel, external_id, shipping_minor)
                values (?, ?, ?, ?, ?, ?)
                on conflict (order_id) do update set version = excluded.version,
                  shipping_minor = coalesce(excluded.shipping_minor, sold_order.shipping_minor)
                where sold_order.version < excluded.version
                """,
                facts.orderId(),
                facts.version(),
                facts.account(),
                facts.channel(),
                facts.externalId(),
                facts.shippingMinor());
        if (learnt == 0) {
            return false;
        }
        for (int position = 0; position < facts.lines().size(); position++) {
            learn(facts.orderId(), position, facts.lines().get(position));
        }
        return true;
    }

    /// What is not told any more stays as it was told. A price that falls below what was paid back already
    /// keeps the bound there: money that is gone cannot be called back by a number.
    private void learn(String orderId, int position, SoldLine line) {
        SoldLine.@Nullable Sale sale = line.sale();
        sql.update(
                """
                insert into sold_line (line_id, order_id, position, channel_line_id, sku, ordered, paid_minor, tax_minor,
                                       currency, shipped, shipped_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
                on conflict (line_id) do update set
                  position = excluded.position,
                  channel_line_id = coalesce(excluded.channel_line_id, sold_line.channel_line_id),
                  sku = excluded.sku,
                  ordered = coalesce(excluded.ordered, sold_line.ordered),
                  paid_minor = greatest(coalesce(excluded.paid_minor, sold_line.paid_minor),
                                        nullif(sold_line.refunded_minor, 0)),
                  tax_minor = coalesce(excluded.tax_minor, sold_line.tax_minor),
                  currency = coalesce(excluded.currency, sold_line.currency),
                  shipped = excluded.shipped,
                  shipped_at = coalesce(excluded.shipped_at, sold_line.shipped_at)
                """,
                line.lineId(),
                orderId,
                position,
                line.channelLineId(),
                line.sku(),
                sale == null ? null : sale.ordered(),
                sale == null ? null : sale.paidMinor(),
                sale == null ? null : sale.taxMinor(),
                sale == null ? null : sale.currency(),
                line.shipped(),
                line.shippedAt());
    }

    @Override
    public Optional<Rma> find(String returnId) {
        return rmas("return_id = ?", returnId).stream().findFirst();
    }

    @Override
    public Optional<Rma> find(String account, String channelReturnId) {
        return rmas("account = ? and channel_return_id = ?", account, channelReturnId).stream()
                .findFirst();
    }

    @Override
    public List<Rma> stuck(String account, String externalId) {
        return rmas("""
                account = ? and external_id = ? and (state = 'WAITING' or exists
                  (select from rma_refund r where r.return_id = rma.return_id and r.state = 'APPROVED'))
                order by opened_at, return_id
                """, account, externalId);
    }

    private List<Rma> rmas(String condition, Object... parameters) {
        return sql.query("select " + RMA_COLUMNS + " from rma where " + condition, this::rma, parameters).stream()
                .map(this::withParts)
                .toList();
    }

    private Rma rma(ResultSet row) throws SQLException {
        @Nullable String seen = row.getString("seen");
        @Nullable String waiting = row.getString("waiting_reason");
        return new Rma(
                new Rma.Identity(
                        row.getString("return_id"),
                        row.getString("account"),
                        row.getString("channel"),
                        row.getString("external_id"),
                        row.getString("channel_return_id")),
                row.getString("order_id"),
                row.getLong("version"),
                RmaState.valueOf(row.getString("state")),
                waiting == null
                        ? null
                        : new Rma.Waiting(
                                Rma.Waiting.Reason.valueOf(waiting),
                                Objects.requireNonNull(row.getString("waiting_detail"))),
                row.getString("answer"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                seen == null ? null : read(seen, new TypeReference<ChannelView>() {}));
    }

    private Rma withParts(Rma bare) {
        String id = bare.identity().returnId();
        List<ReturnLine> lines = sql.query(
                "select line_id, channel_line_id, sku, reason from rma_line where return_id = ? order by position",
                row -> new ReturnLine(
                        row.getString("line_id"),
                        row.getString("channel_line_id"),
                        row.getString("sku"),
                        row.getString("reason")),
                id);
        List<Unit> units = sql.query("""
                        select u.line_id, u.number, u.custody, u.money, u.condition, u.location, u.refund_id
                        from rma_unit u join rma_line l using (return_id, line_id)
                        where u.return_id = ? order by l.position, u.number
                        """, PostgresReturns::unit, id);
        List<Restock> restocks = sql.query(
                """
                select restock_id, line_id, sku, location, quantity from rma_restock
                where return_id = ? order by position
                """,
                row -> new Restock(
                        row.getString("restock_id"),
                        row.getString("line_id"),
                        row.getString("sku"),
                        row.getString("location"),
                        row.getInt("quantity")),
                id);
        return new Rma(
                bare.identity(),
                bare.orderId(),
                bare.version(),
                bare.state(),
                bare.waiting(),
                bare.answer(),
                lines,
                units,
                restocks,
                refunds(id),
                bare.seen());
    }

    private static Unit unit(ResultSet row) throws SQLException {
        return new Unit(
                row.getString("line_id"),
                row.getInt("number"),
                Custody.valueOf(row.getString("custody")),
                MoneyState.valueOf(row.getString("money")),
                row.getString("condition"),
                row.getString("location"),
                row.getString("refund_id"));
    }

    private List<Refund> refunds(String returnId) {
        Map<String, List<Refund.Line>> lines = sql
                .query(
                        """
                        select l.refund_id, l.line_id, l.channel_line_id, l.quantity, l.amount_minor, l.tax_minor
                        from rma_refund_line l join rma_refund r using (refund_id)
                        where r.return_id = ? order by l.position
                        """,
                        row -> Map.entry(
                                row.getString("refund_id"),
                                new Refund.Line(
                                        row.getString("line_id"),
                                        row.getString("channel_line_id"),
                                        row.getInt("quantity"),
                                        row.getLong("amount_minor"),
                                        row.getLong("tax_minor"))),
                        returnId)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return sql.query("""
                select refund_id, state, amount_minor, shipping_minor, currency, reason, failure_reason,
                       failure_next_step, channel_refund_id, settled_minor, settled_currency
                from rma_refund where return_id = ? order by position
                """, row -> refund(row, lines.getOrDefault(row.getString("refund_id"), List.of())), returnId);
    }

    private static Refund refund(ResultSet row, List<Refund.Line> lines) throws SQLException {
        @Nullable String failure = row.getString("failure_reason");
        @Nullable Long settled = row.getObject("settled_minor", Long.class);
        return new Refund(
                row.getString("refund_id"),
                MoneyState.valueOf(row.getString("state")),
                row.getLong("amount_minor"),
                row.getLong("shipping_minor"),
                row.getString("currency"),
                row.getString("reason"),
                lines,
                failure == null ? null : new Refund.Failure(failure, row.getString("failure_next_step")),
                settled == null
                        ? null
                        : new Refund.Settled(
                                row.getString("channel_refund_id"), settled, row.getString("settled_currency")));
    }

    @Override
    public void save(Rma rma, List<HistoryEntry> history, Instant now) {
        saveHead(rma, now);
        saveUnits(rma);
        saveRestocks(rma);
        saveRefunds(rma);
        saveHistory(rma, history);
        @Nullable String orderId = rma.orderId();
        if (orderId != null) {
            sum(orderId);
        }
    }

    private void saveHead(Rma rma, Instant now) {
        List<NextStep> next = NextStep.of(rma);
        Rma.@Nullable Waiting waiting = rma.waiting();
        @Nullable ChannelView seen = rma.seen();
        sql.update(
                """
                insert into rma (return_id, account, channel, external_id, channel_return_id, order_id, version, state,
                                 waiting_reason, waiting_detail, answer, seen, next_steps, needs_person, opened_at,
                                 updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)
                on conflict (return_id) do update set
                  order_id = excluded.order_id, version = excluded.version, state = excluded.state,
                  waiting_reason = excluded.waiting_reason, waiting_detail = excluded.waiting_detail,
                  answer = excluded.answer, seen = excluded.seen, next_steps = excluded.next_steps,
                  needs_person = excluded.needs_person, updated_at = excluded.updated_at
                """,
                rma.identity().returnId(),
                rma.identity().account(),
                rma.identity().channel(),
                rma.identity().externalId(),
                rma.identity().channelReturnId(),
                rma.orderId(),
                rma.version(),
                rma.state().name(),
                waiting == null ? null : waiting.reason().name(),
                waiting == null ? null : waiting.detail(),
                rma.answer(),
                seen == null ? null : write(seen),
                write(next),
                next.stream().anyMatch(NextStep::byPerson),
                now,
                now);
    }

    private void saveUnits(Rma rma) {
        String id = rma.identity().returnId();
        sql.update("delete from rma_unit where return_id = ?", id);
        sql.update("delete from rma_line where return_id = ?", id);
        if (rma.lines().isEmpty()) {
            return;
        }
        sql.update(
                """
                insert into rma_line (return_id, position, line_id, channel_line_id, sku, reason)
                select ?, position, line_id, channel_line_id, sku, reason
                from unnest(?::text[], ?::text[], ?::text[], ?::text[])
                  with ordinality as l (line_id, channel_line_id, sku, reason, position)
                """,
                id,
                texts(rma.lines(), ReturnLine::lineId),
                texts(rma.lines(), ReturnLine::channelLineId),
                texts(rma.lines(), ReturnLine::sku),
                texts(rma.lines(), ReturnLine::reason));
        sql.update(
                """
                insert into rma_unit (return_id, held, line_id, number, custody, money, condition, location, refund_id)
                select ?, ?, * from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                """,
                id,
                rma.state().holdsUnits(),
                texts(rma.units(), Unit::lineId),
                numbers(rma.units(), Unit::number),
                texts(rma.units(), Unit::custody),
                texts(rma.units(), Unit::money),
                texts(rma.units(), Unit::condition),
                texts(rma.units(), Unit::location),
                texts(rma.units(), Unit::refundId));
    }

    private void saveRestocks(Rma rma) {
        for (int position = 0; position < rma.restocks().size(); position++) {
            Restock restock = rma.restocks().get(position);
            sql.update(
                    """
                    insert into rma_restock (restock_id, return_id, position, line_id, sku, location, quantity)
                    values (?, ?, ?, ?, ?, ?, ?) on conflict (restock_id) do nothing
                    """,
                    restock.restockId(),
                    rma.identity().returnId(),
                    position,
                    restock.lineId(),
                    restock.sku(),
                    restock.location(),
                    restock.quantity());
        }
    }

    private void saveRefunds(Rma rma) {
        for (int position = 0; position < rma.refunds().size(); position++) {
            saveRefund(rma.identity().returnId(), position, rma.refunds().get(position));
        }
    }

    private void saveRefund(String returnId, int position, Refund refund) {
        Refund.@Nullable Failure failure = refund.failure();
        Refund.@Nullable Settled settled = refund.settled();
        sql.update(
                """
                insert into rma_refund (refund_id, return_id, position, state, amount_minor, shipping_minor, currency,
                                        reason, failure_reason, failure_next_step, channel_refund_id, settled_minor,
                                        settled_currency)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (refund_id) do update set
                  state = excluded.state, amount_minor = excluded.amount_minor, currency = excluded.currency,
                  failure_reason = excluded.failure_reason, failure_next_step = excluded.failure_next_step,
                  channel_refund_id = excluded.channel_refund_id, settled_minor = excluded.settled_minor,
                  settled_currency = excluded.settled_currency
                """,
                refund.refundId(),
                returnId,
                position,
                refund.state().name(),
                refund.amountMinor(),
                refund.shippingMinor(),
                refund.currency(),
                refund.reason(),
                failure == null ? null : failure.reason(),
                failure == null ? null : failure.nextStep(),
                settled == null ? null : settled.channelRefundId(),
                settled == null ? null : settled.amountMinor(),
                settled == null ? null : settled.currency());
        for (int line = 0; line < refund.lines().size(); line++) {
            Refund.Line part = refund.lines().get(line);
            sql.update(
                    """
                    insert into rma_refund_line (refund_id, line_id, position, channel_line_id, quantity, amount_minor,
                                                 tax_minor)
                    values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (refund_id, line_id) do update set
                      amount_minor = excluded.amount_minor, tax_minor = excluded.tax_minor
                    """,
                    refund.refundId(),
                    part.lineId(),
                    line,
                    part.channelLineId(),
                    part.quantity(),
                    part.amountMinor(),
                    part.taxMinor());
        }
    }

    private void saveHistory(Rma rma, List<HistoryEntry> history) {
        for (HistoryEntry entry : history) {
            sql.update(
                    """
                    insert into rma_event (return_id, position, at, what, version, detail)
                    select ?, coalesce(max(position), 0) + 1, ?::timestamptz, ?, ?::bigint, ?
                    from rma_event where return_id = ?
                    """,
                    rma.identity().returnId(),
                    entry.at(),
                    entry.what(),
                    entry.version(),
                    entry.detail(),
                    rma.identity().returnId());
        }
    }

    private void sum(String orderId) {
        sql.update("""
                update sold_line l set
                  returned = (select count(*) from rma_unit u where u.line_id = l.line_id and u.held),
                  restocked = (select coalesce(sum(s.quantity), 0) from rma_restock s where s.line_id = l.line_id),
                  refunded_minor = (select coalesce(sum(f.amount_minor), 0)
                                    from rma_refund_line f where f.line_id = l.line_id)
                where l.order_id = ?
                """, orderId);
        sql.update("""
                update sold_order o set shipping_refunded_minor =
                  (select coalesce(sum(f.shipping_minor), 0) from rma_refund f join rma r using (return_id)
                   where r.order_id = o.order_id)
                where o.order_id = ?
                """, orderId);
    }

    @Override
    public Optional<Noted> note(String kind, String scope, String id, String returnId, String content, Instant at) {
        int noted = sql.update("""
                insert into rma_command (kind, scope, id, return_id, content, at) values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """, kind, scope, id, returnId, content, at);
        return noted == 1 ? Optional.empty() : asked(kind, scope, id);
    }

    @Override
    public Optional<Noted> asked(String kind, String scope, String id) {
        return sql
                .query(
                        "select return_id, content from rma_command where kind = ? and scope = ? and id = ?",
                        row -> new Noted(row.getString("return_id"), row.getString("content")),
                        kind,
                        scope,
                        id)
                .stream()
                .findFirst();
    }

    @Override
    public List<Summary> page(Filter filter, @Nullable String after, int size) {
        @Nullable RmaState state = filter.state();
        return sql.query(
                """
                select return_id, state, account, channel, order_id, external_id, channel_return_id, needs_person,
                       next_steps::text as next_steps, opened_at, updated_at
                from rma
                where (?::text is null or state = ?) and (?::text is null or account = ?)
                  and (?::text is null or order_id = ?) and (?::boolean is null or needs_person = ?)
                  and (?::text is null or return_id > ?)
                order by return_id limit ?
                """,
                this::summary,
                state == null ? null : state.name(),
                state == null ? null : state.name(),
                filter.account(),
                filter.account(),
                filter.orderId(),
                filter.orderId(),
                filter.needsPerson(),
                filter.needsPerson(),
                after,
                after,
                size);
    }

    private Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getString("return_id"),
                RmaState.valueOf(row.getString("state")),
                row.getString("account"),
                row.getString("channel"),
                row.getString("order_id"),
                row.getString("external_id"),
                row.getString("channel_return_id"),
                row.getBoolean("needs_person"),
                read(row.getString("next_steps"), new TypeReference<List<NextStep>>() {}),
                time(row, "opened_at"),
                time(row, "updated_at"));
    }

    @Override
    public Optional<Dossier> dossier(String returnId) {
        return find(returnId).map(rma -> {
            List<HistoryEntry> history = sql.query(
                    "select at, what, version, detail from rma_event where return_id = ? order by position",
                    row -> new HistoryEntry(
                            time(row, "at"),
                            row.getString("what"),
                            row.getObject("version", Long.class),
                            row.getString("detail")),
                    returnId);
            return sql.query(
                            "select opened_at, updated_at from rma where return_id = ?",
                            row -> new Dossier(rma, history, time(row, "opened_at"), time(row, "updated_at")),
                            returnId)
                    .getFirst();
        });
    }

    @Override
    public Totals totals() {
        return new Totals(
                counts("select state, count(*) from rma group by state"),
                counts("select state, count(*) from rma_refund group by state"),
                sql.query("select count(*) from rma where needs_person", row -> row.getLong(1))
                        .getFirst());
    }

    private Map<String, Long> counts(String query) {
        return sql.query(query, row -> Map.entry(row.getString(1), row.getLong(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column));
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored return cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a return cannot be written", e);
        }
    }
}
