package io.hubline.order.offer.persistence;

import io.hubline.kit.sql.DatabaseException;
import io.hubline.order.offer.domain.Offer;
import io.hubline.order.offer.domain.OfferNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/// The table `offer`.
@ApplicationScoped
class PostgresOfferNames implements OfferNames {

    private final DataSource database;

    PostgresOfferNames(DataSource database) {
        this.database = database;
    }

    @Override
    public boolean put(String account, long sequence, Offer offer, String channel, String status) {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                        insert into offer
                          (offer, sequence, account, channel, channel_sku, variant_key, location_key, sku, status)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (offer) do update set
                          sequence = excluded.sequence, account = excluded.account, channel = excluded.channel,
                          channel_sku = excluded.channel_sku, variant_key = excluded.variant_key,
                          location_key = excluded.location_key, sku = excluded.sku, status = excluded.status
                        where excluded.sequence > offer.sequence
                        """)) {
            upsert.setString(1, offer.offer());
            upsert.setLong(2, sequence);
            upsert.setString(3, account);
            upsert.setString(4, channel);
            upsert.setString(5, offer.channelSku());
            upsert.setString(6, offer.variantKey());
            upsert.setString(7, offer.locationKey());
            upsert.setString(8, offer.sku());
            upsert.setString(9, status);
            return upsert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new DatabaseException("taking over offer " + offer.offer(), e);
        }
    }

    @Override
    public List<Offer> named(String account, Collection<String> variantKeys, Collection<String> channelSkus) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select offer, channel_sku, variant_key, location_key, sku from offer
                        where account = ? and (variant_key = any(?) or (channel_sku = any(?) and channel_sku <> ''))
                        order by offer
                        """)) {
            select.setString(1, account);
            select.setArray(2, connection.createArrayOf("text", variantKeys.toArray()));
            select.setArray(3, connection.createArrayOf("text", channelSkus.toArray()));
            List<Offer> offers = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    offers.add(new Offer(
                            row.getString("offer"),
                            row.getString("channel_sku"),
                            row.getString("variant_key"),
                            row.getString("location_key"),
                            row.getString("sku")));
                }
            }
            return offers;
        } catch (SQLException e) {
            throw new DatabaseException("looking for offers of " + account, e);
        }
    }

    @Override
    public void holdUnchanged(String account) {
        lock("select pg_advisory_xact_lock_shared(hashtextextended('offers of ' || ?, 0))", account);
    }

    @Override
    public void holdForChange(String account) {
        lock("select pg_advisory_xact_lock(hashtextextended('offers of ' || ?, 0))", account);
    }

    private void lock(String sql, String account) {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setString(1, account);
            lock.execute();
        } catch (SQLException e) {
            throw new DatabaseException("locking the offers of " + account, e);
        }
    }
}
