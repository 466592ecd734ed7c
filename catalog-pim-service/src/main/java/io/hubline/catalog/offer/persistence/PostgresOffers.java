package io.hubline.catalog.offer.persistence;

import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.offer.domain.VariantKey;
import io.hubline.kit.sql.DatabaseException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.query.Query;
import org.jspecify.annotations.Nullable;

/// Reads through rows, and writes sets of offers in one statement each.
@ApplicationScoped
class PostgresOffers implements Offers, PanacheRepositoryBase<OfferRow, String> {

    // Keeps the locks on accounts apart from every other advisory lock in this database.
    private static final int ACCOUNT_LOCKS = 0x6f666665;

    private final DataSource database;

    PostgresOffers(DataSource database) {
        this.database = database;
    }

    @Override
    public void hold(SortedSet<String> accounts) {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
            for (String account : accounts) {
                lock.setInt(1, ACCOUNT_LOCKS);
                lock.setString(2, account);
                lock.executeQuery().close();
            }
        } catch (SQLException e) {
            throw new DatabaseException("holding accounts", e);
        }
    }

    /// Rows are locked in the order of their ids, as in [#holdPage], so that neither waits for the other
    /// for ever.
    @Override
    public List<Offer> met(Collection<OfferDraft> drafts) {
        List<VariantKey> variants = drafts.stream()
                .map(OfferDraft::variant)
                .filter(Objects::nonNull)
                .toList();
        Query<OfferRow> query = getSession()
                .createNativeQuery("""
                        select o.* from offer o where o.offer in (
                          select unnest(cast(:ids as text[])) collate "C"
                          union
                          select v.offer collate "C" from offer v
                          join unnest(cast(:accounts as text[]), cast(:variants as text[]), cast(:places as text[]))
                            as wanted (account, variant_id, channel_location)
                          on v.account = wanted.account and v.variant_id = wanted.variant_id
                            and v.channel_location is not distinct from wanted.channel_location)
                        order by o.offer
                        for update
                        """, OfferRow.class)
                .setParameter(
                        "ids",
                        drafts.stream().map(draft -> draft.key().offerId()).toArray(String[]::new))
                .setParameter("accounts", texts(variants, VariantKey::account))
                .setParameter("variants", texts(variants, VariantKey::variantId))
                .setParameter("places", texts(variants, VariantKey::channelLocation));
        return query.getResultList().stream().map(OfferRow::toDomain).toList();
    }

    @Override
    public void write(Collection<Offer> created, Collection<Offer> changed) {
        // The rows that were read to decide are stale from here on.
        getSession().clear();
        if (!changed.isEmpty()) {
            // First given up, then taken: otherwise a variant that wanders between two of them is there twice.
            execute("update offer set variant_id = null where offer = any (?::text[])", changed, List.of(Offer::id));
            execute(
                    """
                    update offer set sequence = n.sequence::bigint, channel = n.channel, variant_id = n.variant_id,
                      inventory_item_id = n.inventory_item_id, sku = n.sku, status = n.status
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                      as n (offer, sequence, channel, variant_id, inventory_item_id, sku, status)
                    where offer.offer = n.offer
                    """,
                    changed,
                    List.of(
                            Offer::id,
                            offer -> Long.toString(offer.sequence()),
                            offer -> offer.terms().channel(),
                            offer -> offer.terms().variantId(),
                            offer -> offer.terms().inventoryItemId(),
                            offer -> offer.terms().sku(),
                            offer -> offer.terms().status().name()));
        }
        if (!created.isEmpty()) {
            execute(
                    """
                    insert into offer (offer, sequence, account, channel, channel_sku, variant_id, inventory_item_id,
                      channel_location, sku, status)
                    select offer, sequence::bigint, account, channel, channel_sku, variant_id, inventory_item_id,
                      channel_location, sku, status
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[])
                      as n (offer, sequence, account, channel, channel_sku, variant_id, inventory_item_id,
                        channel_location, sku, status)
                    """,
                    created,
                    List.of(
                            Offer::id,
                            offer -> Long.toString(offer.sequence()),
                            offer -> offer.terms().account(),
                            offer -> offer.terms().channel(),
                            offer -> offer.terms().channelSku(),
                            offer -> offer.terms().variantId(),
                            offer -> offer.terms().inventoryItemId(),
                            offer -> offer.terms().channelLocation(),
                            offer -> offer.terms().sku(),
                            offer -> offer.terms().status().name()));
        }
    }

    private void execute(String sql, Collection<Offer> offers, List<Function<Offer, @Nullable String>> columns) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int column = 0; column < columns.size(); column++) {
                statement.setArray(column + 1, connection.createArrayOf("text", texts(offers, columns.get(column))));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("writing offers", e);
        }
    }

    private static <T> @Nullable String[] texts(Collection<T> things, Function<T, @Nullable String> text) {
        return things.stream().map(text).toArray(String[]::new);
    }

    @Override
    public List<Offer> page(@Nullable String account, @Nullable String sku, @Nullable String after, int limit) {
        StringBuilder where = new StringBuilder("offer > :after");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after == null ? "" : after);
        if (account != null) {
            where.append(" and account = :account");
            parameters.put("account", account);
        }
        if (sku != null) {
            where.append(" and sku = :sku");
            parameters.put("sku", sku);
        }
        return find(where + " order by offer", parameters).page(0, limit).stream()
                .map(OfferRow::toDomain)
                .toList();
    }

    @Override
    public List<Offer> holdPage(@Nullable String after, int limit) {
        return find("offer > ?1 order by offer", after == null ? "" : after)
                .page(0, limit)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .stream()
                .map(OfferRow::toDomain)
                .toList();
    }
}
