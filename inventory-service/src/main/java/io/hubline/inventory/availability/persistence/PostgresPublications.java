package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Limits;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Publications;
import io.hubline.inventory.availability.domain.Rule;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.kit.sql.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

@ApplicationScoped
@RegisterForReflection(
        targets = {
            Availability.Term.class,
            Publication.Inputs.class,
            Publication.Division.class,
            Stock.class,
            Stock.Part.class,
            Stock.Place.class,
            Rule.class,
            Limits.class
        })
class PostgresPublications implements Publications {

    private static final String PUBLICATIONS = """
            select offer, account, sku, sequence, permit, quantity, booked, sold, mode, terms, inputs, at
            from publication
            """;
    private static final TypeReference<List<Availability.Term>> TERMS = new TypeReference<>() {};

    private final Sql sql;
    private final ObjectMapper json;

    PostgresPublications(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Override
    public void add(Collection<Publication> announced) {
        if (!announced.isEmpty()) {
            sql.update(
                    """
                    with announced as (
                      select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::int[],
                                           ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                        as v (offer, account, sku, sequence, permit, quantity, booked, sold, mode, terms, inputs, at)),
                    told as (
                      update offer o
                      set announced_sequence = v.sequence, announced_permit = v.permit,
                          announced_quantity = v.quantity, announced_booked = v.booked, announced_sold = v.sold,
                          announced_mode = v.mode
                      from announced v where o.offer = v.offer)
                    insert into publication
                      (offer, account, sku, sequence, permit, quantity, booked, sold, mode, terms, inputs, at)
                    select offer, account, sku, sequence, permit, quantity, booked, sold, mode,
                           terms::jsonb, inputs::jsonb, at::timestamptz
                    from announced
                    """,
                    texts(announced, Publication::offer),
                    texts(announced, Publication::account),
                    texts(announced, Publication::sku),
                    numbers(announced, Publication::sequence),
                    numbers(announced, Publication::permit),
                    numbers(announced, Publication::quantity),
                    numbers(announced, Publication::booked),
                    numbers(announced, Publication::sold),
                    texts(announced, Publication::mode),
                    texts(announced, publication -> write(publication.terms())),
                    texts(announced, publication -> write(publication.inputs())),
                    texts(announced, Publication::at));
        }
    }

    @Override
    public List<Publication> find(String offer, long sequence) {
        return sql.query(PUBLICATIONS + " where offer = ? and sequence = ?", this::publication, offer, sequence);
    }

    @Override
    public List<Publication> asOf(String offer, Instant at) {
        return sql.query(
                PUBLICATIONS + " where offer = ? and at <= ? order by at desc, sequence desc limit 1",
                this::publication,
                offer,
                at);
    }

    @Override
    public void makeRoom(Instant from, int days) {
        sql.query(
                "select publication_partitions(?::date, ?)",
                row -> row.getInt(1),
                from.atOffset(ZoneOffset.UTC).toLocalDate(),
                days);
    }

    @Override
    public int forget(Instant until) {
        return sql.query(
                        "select forget_publications(?::date)",
                        row -> row.getInt(1),
                        until.atOffset(ZoneOffset.UTC).toLocalDate())
                .getFirst();
    }

    private Publication publication(ResultSet row) throws SQLException {
        return new Publication(
                row.getString("offer"),
                row.getString("account"),
                row.getString("sku"),
                row.getLong("sequence"),
                row.getLong("permit"),
                row.getInt("quantity"),
                row.getLong("booked"),
                row.getLong("sold"),
                Mode.valueOf(row.getString("mode")),
                read(row.getString("terms"), TERMS),
                read(row.getString("inputs"), new TypeReference<Publication.Inputs>() {}),
                Objects.requireNonNull(Sql.instant(row, "at")));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a publication cannot be written as JSON", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored publication cannot be read", e);
        }
    }
}
