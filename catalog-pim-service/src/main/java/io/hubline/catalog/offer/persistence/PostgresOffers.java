package io.hubline.catalog.offer.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.catalog.offer.domain.ChannelIds;
import io.hubline.catalog.offer.domain.ChannelReport;
import io.hubline.catalog.offer.domain.Obstacle;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.OfferStatus;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.offer.domain.Price;
import io.hubline.catalog.offer.domain.VariantKey;
import io.hubline.kit.sql.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads and writes sets of offers in one statement each.
///
/// Rows are always locked in the order of their ids, so that no two transactions wait for one another for
/// ever.
@RegisterForReflection(targets = {Obstacle.class, ChannelReport.class, ChannelReport.Issue.class, Price.class})
@ApplicationScoped
class PostgresOffers implements Offers {

    // Keeps the locks on accounts apart from every other advisory lock in this database.
    private static final int ACCOUNT_LOCKS = 0x6f666665;

    private static final TypeReference<List<Obstacle>> OBSTACLES = new TypeReference<>() {};

    /// How an offer is spread over its row, one text per column.
    private static final List<Place> PLACES = List.of(
            new Place("offer", "text", Offer::id),
            new Place("sequence", "bigint", Offer::sequence),
            new Place("account", "text", offer -> offer.terms().account()),
            new Place("channel", "text", offer -> offer.terms().channel()),
            new Place("channel_sku", "text", offer -> offer.terms().channelSku()),
            new Place("variant_id", "text", offer -> offer.terms().variantId()),
            new Place("inventory_item_id", "text", offer -> offer.terms().inventoryItemId()),
            new Place("channel_location", "text", offer -> offer.terms().channelLocation()),
            new Place("sku", "text", offer -> offer.terms().sku()),
            new Place("status", "text", offer -> offer.terms().status()),
            new Place("managed", "boolean", offer -> offer.terms().managed()),
            new Place("title", "text", offer -> offer.terms().title()),
            new Place("price_minor", "bigint", PostgresOffers::minor),
            new Place("price_currency", "text", PostgresOffers::currency),
            new Place("learnt_variant_id", "text", offer -> offer.learnt().variantId()),
            new Place(
                    "learnt_inventory_item_id", "text", offer -> offer.learnt().inventoryItemId()),
            new Place("said", "text", Offer::said),
            new Place("sync_sequence", "bigint", Offer::syncSequence));

    private final Sql sql;
    private final ObjectMapper json;

    PostgresOffers(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Override
    public void hold(SortedSet<String> accounts) {
        for (String account : accounts) {
            sql.query("select pg_advisory_xact_lock(?, hashtext(?))", _ -> account, ACCOUNT_LOCKS, account);
        }
    }

    @Override
    public List<Offer> met(Collection<OfferDraft> drafts) {
        List<VariantKey> variants = drafts.stream()
                .map(draft -> draft.variantId() == null
                        ? null
                        : new VariantKey(draft.account(), draft.variantId(), draft.channelLocation()))
                .filter(Objects::nonNull)
                .toList();
        return sql.query(
                """
                with named as (
                  select offer, account, channel_location, learnt_variant_id from offer
                  where offer = any (?::text[])),
                wanted as (
                  select account, variant_id, channel_location
                  from unnest(?::text[], ?::text[], ?::text[]) as n (account, variant_id, channel_location)
                  union
                  select account, learnt_variant_id, channel_location from named where learnt_variant_id is not null)
                select * from offer where offer in (
                  select offer from named
                  union
                  select v.offer from offer v join wanted
                    on v.account = wanted.account
                    and coalesce(v.variant_id, v.learnt_variant_id) = wanted.variant_id
                    and v.channel_location is not distinct from wanted.channel_location)
                order by offer
                for update
                """,
                this::offer,
                Sql.texts(drafts, draft -> draft.key().offerId()),
                Sql.texts(variants, VariantKey::account),
                Sql.texts(variants, VariantKey::variantId),
                Sql.texts(variants, VariantKey::channelLocation));
    }

    @Override
    public List<Offer> find(Collection<String> ids) {
        return sql.query(
                "select * from offer where offer = any (?::text[])", this::offer, (Object) ids.toArray(String[]::new));
    }

    @Override
    public Optional<Offer> holdOffer(String id) {
        return sql.query("select * from offer where offer = ? for update", this::offer, id).stream()
                .findFirst();
    }

    @Override
    public Optional<String> owner(VariantKey variant) {
        return sql
                .query(
                        """
                        select offer from offer
                        where account = ? and coalesce(variant_id, learnt_variant_id) = ?
                          and channel_location is not distinct from ?
                        """,
                        row -> row.getString("offer"),
                        variant.account(),
                        variant.variantId(),
                        variant.channelLocation())
                .stream()
                .findFirst();
    }

    @Override
    public List<Offer> holdManaged(Collection<String> skus, @Nullable String after, int limit) {
        return sql.query("""
                select * from offer where sku = any (?::text[]) and managed and offer > ?
                order by offer limit ? for update
                """, this::offer, skus.toArray(String[]::new), after == null ? "" : after, limit);
    }

    @Override
    public List<Offer> selling(Collection<String> skus) {
        return sql.query("select * from offer where sku = any (?::text[]) order by offer", this::offer, (Object)
                skus.toArray(String[]::new));
    }

    @Override
    public void look(String id, long syncSequence) {
        sql.update(
                "update offer set sync_sequence = ? where offer = ? and sync_sequence < ?",
                syncSequence,
                id,
                syncSequence);
    }

    @Override
    public void write(Collection<Offer> created, Collection<Offer> changed) {
        String names = names();
        String rows = IntStream.rangeClosed(0, PLACES.size() + 1)
                .mapToObj(_ -> "?::text[]")
                .collect(Collectors.joining(", "));
        String source = "from unnest(" + rows + ") as n (" + names + ", obstacles, report)";
        String values = PLACES.stream()
                        .map(place -> "n." + place.column() + "::" + place.type())
                        .collect(Collectors.joining(", "))
                + ", n.obstacles::jsonb, n.report::jsonb";
        if (!changed.isEmpty()) {
            // First given up, then taken: otherwise a variant that wanders between two of them is there twice.
            sql.update(
                    "update offer set variant_id = null, learnt_variant_id = null where offer = any (?::text[])",
                    (Object) Sql.texts(changed, Offer::id));
            sql.update(
                    "update offer set (" + names + ", obstacles, report) = (" + values + ") " + source
                            + " where offer.offer = n.offer",
                    columns(changed));
        }
        if (!created.isEmpty()) {
            sql.update(
                    "insert into offer (" + names + ", obstacles, report) select " + values + " " + source,
                    columns(created));
        }
    }

    private static String names() {
        return PLACES.stream().map(Place::column).collect(Collectors.joining(", "));
    }

    private Object[] columns(Collection<Offer> offers) {
        List<Object> columns = new ArrayList<>();
        PLACES.forEach(place -> columns.add(Sql.texts(offers, place.value())));
        columns.add(Sql.texts(offers, offer -> write(offer.obstacles())));
        columns.add(Sql.texts(offers, offer -> offer.report() == null ? null : write(offer.report())));
        return columns.toArray();
    }

    @Override
    public List<Offer> page(
            @Nullable String account, @Nullable String sku, boolean blocked, @Nullable String after, int limit) {
        StringBuilder query = new StringBuilder("select * from offer where offer > ?");
        List<Object> parameters = new ArrayList<>();
        parameters.add(after == null ? "" : after);
        if (account != null) {
            query.append(" and account = ?");
            parameters.add(account);
        }
        if (sku != null) {
            query.append(" and sku = ?");
            parameters.add(sku);
        }
        if (blocked) {
            query.append(" and obstacles <> '[]'");
        }
        parameters.add(limit);
        return sql.query(query.append(" order by offer limit ?").toString(), this::offer, parameters.toArray());
    }

    @Override
    public List<Offer> holdPage(@Nullable String after, int limit) {
        return sql.query(
                "select * from offer where offer > ? order by offer limit ? for update",
                this::offer,
                after == null ? "" : after,
                limit);
    }

    private Offer offer(ResultSet row) throws SQLException {
        @Nullable String currency = row.getString("price_currency");
        @Nullable String report = row.getString("report");
        return new Offer(
                row.getString("offer"),
                row.getLong("sequence"),
                new OfferDraft(
                        row.getString("account"),
                        row.getString("channel"),
                        row.getString("channel_sku"),
                        row.getString("variant_id"),
                        row.getString("inventory_item_id"),
                        row.getString("channel_location"),
                        row.getString("sku"),
                        OfferStatus.valueOf(row.getString("status")),
                        row.getBoolean("managed"),
                        row.getString("title"),
                        currency == null ? null : new Price(row.getLong("price_minor"), currency)),
                new ChannelIds(row.getString("learnt_variant_id"), row.getString("learnt_inventory_item_id")),
                row.getString("said"),
                obstacles(row.getString("obstacles")),
                row.getLong("sync_sequence"),
                report == null ? null : report(report));
    }

    private static @Nullable Long minor(Offer offer) {
        @Nullable Price price = offer.terms().price();
        return price == null ? null : price.minor();
    }

    private static @Nullable String currency(Offer offer) {
        @Nullable Price price = offer.terms().price();
        return price == null ? null : price.currency();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a part of an offer cannot be written as JSON", e);
        }
    }

    private List<Obstacle> obstacles(String text) {
        try {
            return json.readValue(text, OBSTACLES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an offer's obstacles cannot be read back", e);
        }
    }

    private ChannelReport report(String text) {
        try {
            return json.readValue(text, ChannelReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an offer's report cannot be read back", e);
        }
    }

    private record Place(String column, String type, Sql.Column<Offer> value) {}
}
