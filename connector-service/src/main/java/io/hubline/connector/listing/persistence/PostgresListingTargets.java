package io.hubline.connector.listing.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.listing.domain.DesiredListing;
import io.hubline.connector.listing.domain.DuePage;
import io.hubline.connector.listing.domain.ListingCounts;
import io.hubline.connector.listing.domain.ListingTargets;
import io.hubline.connector.listing.domain.ListingView;
import io.hubline.connector.listing.domain.Standing;
import io.hubline.connector.listing.domain.Standing.Issue;
import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresListingTargets implements ListingTargets {

    private static final String UNSETTLED =
            "content is not null and (content_hash is distinct from written_hash or standing = 'accepted')";
    // The first word that holds is the state.
    private static final String STATE = """
            case
              when content_hash is distinct from written_hash and claimed_by is not null then 'in-flight'
              when content_hash is distinct from written_hash then 'pending'
              else standing
            end
            """;

    private final Sql sql;
    private final ObjectMapper json;

    PostgresListingTargets(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Override
    public Applied apply(DesiredListing desired, Instant now) {
        Applied applied = sql.first(
                        """
                        insert into listing_target as t (offer, account, product_id, sequence, active, channel_sku,
                          variant_id, inventory_item, channel_location, content, content_hash, desired_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                        on conflict (offer) do update
                        set account = excluded.account, product_id = excluded.product_id,
                          sequence = excluded.sequence, active = excluded.active, channel_sku = excluded.channel_sku,
                          variant_id = excluded.variant_id, inventory_item = excluded.inventory_item,
                          channel_location = excluded.channel_location, content = excluded.content,
                          content_hash = excluded.content_hash, desired_at = excluded.desired_at,
                          written_sequence = case when t.written_hash = excluded.content_hash then excluded.sequence
                            else t.written_sequence end
                        where excluded.sequence > t.sequence
                        returning content_hash is distinct from written_hash as owed
                        """,
                        row -> row.flag("owed") ? Applied.OWED : Applied.STANDS,
                        desired.offer(),
                        desired.account(),
                        desired.productId(),
                        desired.sequence(),
                        desired.active(),
                        desired.channelSku(),
                        desired.variantId(),
                        desired.inventoryItem(),
                        desired.channelLocation(),
                        desired.content(),
                        desired.contentHash(),
                        now)
                .orElse(Applied.OLD);
        if (applied == Applied.OWED) {
            due(desired.account(), desired.productId(), now);
        }
        return applied;
    }

    /// After the change of the listing: a page that is being given back is then found due by one or the
    /// other.
    private void due(String account, String productId, Instant now) {
        sql.run("""
                insert into listing_page as p (account, product_id, next_try_at) values (?, ?, ?)
                on conflict (account, product_id) do update
                set attempts = 0, reason = null, next_try_at = least(p.next_try_at, excluded.next_try_at)
                """, account, productId, now);
    }

    @Override
    public boolean forget(String offer, long sequence, Instant now) {
        return sql.run("""
                        update listing_target set sequence = ?, content = null, content_hash = null, desired_at = ?
                        where offer = ? and sequence < ?
                        """, sequence, now, offer, sequence) == 1;
    }

    @Override
    public List<DuePage> claim(String account, String replica, Instant now, Instant until, int limit) {
        List<DuePage> pages = sql.list(
                "update listing_page p set claimed_by = ?, claimed_until = ?, attempts = p.attempts + 1"
                        + " from (select account, product_id from listing_page o"
                        + " where account = ? and next_try_at <= ? and (claimed_until is null or claimed_until <= ?)"
                        + " and exists (select from listing_target t"
                        + " where t.account = o.account and t.product_id = o.product_id and "
                        + UNSETTLED
                        + ") order by next_try_at limit ? for update skip locked) due"
                        + " where p.account = due.account and p.product_id = due.product_id"
                        + " returning p.product_id, p.attempts",
                row -> new DuePage(account, row.text("product_id"), row.integer("attempts"), List.of()),
                replica,
                until,
                account,
                now,
                now,
                limit);
        return pages.stream()
                .map(page -> new DuePage(account, page.productId(), page.attempts(), listings(page)))
                .toList();
    }

    private List<DuePage.Listing> listings(DuePage page) {
        return sql.list(
                """
                select offer, sequence, active, channel_sku, coalesce(variant_id, channel_variant_id) as variant_id,
                  coalesce(inventory_item, channel_inventory_item) as inventory_item, channel_location,
                  content::text as content, content_hash, written_sequence, written_hash
                from listing_target where account = ? and product_id = ? and content is not null order by offer
                """,
                row -> new DuePage.Listing(
                        row.text("offer"),
                        row.number("sequence"),
                        row.flag("active"),
                        row.text("channel_sku"),
                        row.textOrNull("variant_id"),
                        row.textOrNull("inventory_item"),
                        row.textOrNull("channel_location"),
                        row.text("content"),
                        row.text("content_hash"),
                        row.numberOrNull("written_sequence"),
                        row.textOrNull("written_hash")),
                page.account(),
                page.productId());
    }

    @Override
    public void answered(DuePage page, Map<String, Standing> answers, Instant now, Instant lookAgainAt) {
        boolean written = page.owesWrite();
        for (DuePage.Listing listing : page.listings()) {
            @Nullable Standing standing = answers.get(listing.offer());
            if (standing == null) {
                continue;
            }
            // What came meanwhile and differs from what was written stays owed.
            sql.run(
                    """
                    update listing_target
                    set written_sequence = case when content_hash = ? then sequence else ? end,
                      written_hash = ?, standing = ?,
                      channel_product_id = coalesce(?, channel_product_id),
                      channel_variant_id = coalesce(?, channel_variant_id),
                      channel_inventory_item = coalesce(?, channel_inventory_item), issues = ?::jsonb, standing_at = ?
                    where offer = ? and (? or written_hash is not distinct from ?)
                    """,
                    listing.contentHash(),
                    standing.sequence(),
                    written ? listing.contentHash() : listing.writtenHash(),
                    standing.word(),
                    standing.productId(),
                    standing.variantId(),
                    standing.inventoryItem(),
                    write(standing.issues()),
                    standing.at(),
                    listing.offer(),
                    written,
                    listing.writtenHash());
        }
        sql.list(
                "select 1 from listing_page where account = ? and product_id = ? for update",
                row -> 1,
                page.account(),
                page.productId());
        sql.run("""
                update listing_page p
                set claimed_by = null, claimed_until = null, reason = null,
                  attempts = case when ? then 0 else attempts end,
                  next_try_at = case when exists (
                      select from listing_target t
                      where t.account = p.account and t.product_id = p.product_id and t.content is not null
                        and t.content_hash is distinct from t.written_hash)
                    then ?::timestamptz else ?::timestamptz end
                where account = ? and product_id = ?
                """, written, now, lookAgainAt, page.account(), page.productId());
    }

    @Override
    public void later(DuePage page, Instant nextTryAt, String reason) {
        sql.run("""
                update listing_page
                set claimed_by = null, claimed_until = null, reason = ?, next_try_at = ?
                where account = ? and product_id = ?
                """, reason, nextTryAt, page.account(), page.productId());
    }

    @Override
    public Optional<String> rewrite(String offer, Instant now) {
        return sql.first("""
                        update listing_target set written_hash = null
                        where offer = ? and content is not null returning account, product_id
                        """, row -> List.of(row.text("account"), row.text("product_id")), offer)
                .map(page -> {
                    due(page.getFirst(), page.getLast(), now);
                    return page.getFirst();
                });
    }

    @Override
    public int rewriteRejected(String account, String code, Instant now) {
        List<String> products = sql.list("""
                update listing_target set written_hash = null
                where account = ? and standing = 'rejected' and content is not null and issues -> 0 ->> 'code' = ?
                returning product_id
                """, row -> row.text("product_id"), account, code);
        products.stream().distinct().sorted().forEach(product -> due(account, product, now));
        return products.size();
    }

    @Override
    public int releaseClaimsOf(String replica, Instant now) {
        return sql.run("""
                update listing_page
                set claimed_by = null, claimed_until = null, next_try_at = ?,
                  reason = 'the service ended while it was under way'
                where claimed_by = ?
                """, now, replica);
    }

    @Override
    public Optional<Instant> nextDue(String account) {
        return sql.first(
                        "select min(greatest(next_try_at, coalesce(claimed_until, next_try_at))) as due from listing_page o"
                                + " where account = ? and exists (select from listing_target t"
                                + " where t.account = o.account and t.product_id = o.product_id and "
                                + UNSETTLED
                                + ")",
                        row -> Optional.ofNullable(row.instantOrNull("due")),
                        account)
                .flatMap(due -> due);
    }

    @Override
    public Map<String, Standing> standings(Collection<String> offers) {
        Map<String, Standing> standings = new HashMap<>();
        sql.list(
                """
                select offer, written_sequence, standing, channel_product_id, channel_variant_id,
                  channel_inventory_item, issues::text as issues, standing_at
                from listing_target where offer = any (?::text[]) and standing is not null
                """,
                row -> standings.put(
                        row.text("offer"),
                        new Standing(
                                row.number("written_sequence"),
                                Standing.Word.of(row.text("standing")),
                                row.textOrNull("channel_product_id"),
                                row.textOrNull("channel_variant_id"),
                                row.textOrNull("channel_inventory_item"),
                                issues(row.text("issues")),
                                row.instant("standing_at"))),
                offers);
        return standings;
    }

    @Override
    public Map<String, ListingCounts> counts() {
        Map<String, ListingCounts> counts = new HashMap<>();
        sql.list(
                "select account, count(*) filter (where "
                        + UNSETTLED
                        + ") as unsettled,"
                        + " count(*) filter (where standing = 'rejected' and content_hash = written_hash) as rejected"
                        + " from listing_target where content is not null group by account",
                row -> counts.put(
                        row.text("account"), new ListingCounts(row.number("unsettled"), row.number("rejected"))));
        return counts;
    }

    @Override
    public List<ListingView> list(
            @Nullable String account, @Nullable String state, @Nullable String afterOffer, int limit) {
        return sql.list(
                "select * from (select t.*, t.issues::text as issue_text, p.attempts, p.next_try_at, p.reason, "
                        + STATE
                        + """
                         as state
                          from listing_target t
                          left join listing_page p on p.account = t.account and p.product_id = t.product_id
                          where t.content is not null) v
                        where (?::text is null or account = ?) and (?::text is null or state = ?)
                          and (?::text is null or offer > ?)
                        order by offer limit ?
                        """,
                this::view,
                account,
                account,
                state,
                state,
                afterOffer,
                afterOffer,
                limit);
    }

    private ListingView view(Row row) throws SQLException {
        String state = row.text("state");
        boolean settled = state.equals("live") || state.equals("rejected");
        return new ListingView(
                row.text("offer"),
                row.text("account"),
                row.text("product_id"),
                state,
                row.flag("active"),
                row.number("sequence"),
                row.instant("desired_at"),
                row.numberOrNull("written_sequence"),
                row.textOrNull("standing"),
                row.instantOrNull("standing_at"),
                row.textOrNull("channel_product_id"),
                row.textOrNull("channel_variant_id"),
                row.textOrNull("channel_inventory_item"),
                issues(row.text("issue_text")),
                settled ? 0 : Optional.ofNullable(row.integerOrNull("attempts")).orElse(0),
                settled ? null : row.instantOrNull("next_try_at"),
                settled ? null : row.textOrNull("reason"));
    }

    private String write(List<Issue> issues) {
        try {
            return json.writeValueAsString(issues);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("issues cannot be written as JSON", e);
        }
    }

    private List<Issue> issues(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("issues cannot be read", e);
        }
    }
}
