package io.hubline.connector.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hubline.connector.account.Accounts;
import io.hubline.connector.engine.Wakes;
import io.hubline.connector.listing.domain.DesiredListing;
import io.hubline.connector.listing.domain.ListingCounts;
import io.hubline.connector.listing.domain.ListingTargets;
import io.hubline.connector.listing.domain.ListingView;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the channels should say, and how far they are.
@ApplicationScoped
public class ListingService {

    private final ListingTargets targets;
    private final Accounts accounts;
    private final ListingNews news;
    private final Wakes wakes;
    private final Audit audit;
    private final InstantSource clock;
    private final ObjectMapper json;

    ListingService(
            ListingTargets targets,
            Accounts accounts,
            ListingNews news,
            Wakes wakes,
            Audit audit,
            InstantSource clock,
            ObjectMapper json) {
        this.targets = targets;
        this.accounts = accounts;
        this.news = news;
        this.wakes = wakes;
        this.audit = audit;
        this.clock = clock;
        // The same content must have the same hash in every run, and the order of a map differs between runs.
        this.json = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /// Takes over what an offer should say.
    ///
    /// A newer listing that says the same is settled at once, and announced, for that is how the catalogue
    /// learns that it stands.
    @Transactional
    public void follow(ListingState listing) {
        if (accounts.find(listing.account()).isEmpty()) {
            // An offer of an account that this connector does not serve.
            return;
        }
        Instant now = clock.instant();
        @Nullable Content content = listing.content();
        if (content == null) {
            targets.forget(listing.offer(), listing.sequence(), now);
            return;
        }
        switch (targets.apply(desired(listing, content), now)) {
            case OLD -> {}
            case OWED -> wakes.ringAfterCommit(listing.account(), ListingWork.NAME);
            case STANDS -> news.changed(listing.account(), List.of(listing.offer()), now);
        }
    }

    private DesiredListing desired(ListingState listing, Content content) {
        String text = write(content);
        boolean active = listing.status() == ListingState.Status.ACTIVE;
        return new DesiredListing(
                listing.offer(),
                listing.account(),
                content.productId(),
                listing.sequence(),
                active,
                listing.channelSku(),
                listing.variantId(),
                listing.inventoryItemId(),
                listing.channelLocation(),
                text,
                hash(write(Arrays.asList(active, listing.channelSku(), listing.channelLocation(), text))));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a listing cannot be written as JSON", e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Listings, by offer.
    @Transactional
    public List<ListingView> list(
            @Nullable String account, @Nullable String state, @Nullable String afterOffer, int limit) {
        return targets.list(account, state, afterOffer, limit);
    }

    /// Writes a listing again, whatever the channel said to it.
    ///
    /// @return false when there is no such listing
    @Transactional
    public boolean retry(String offer) {
        return targets.rewrite(offer, clock.instant())
                .map(account -> {
                    audit.record("listing.retried", "offer", offer, Map.of(), Map.of("account", account));
                    wakes.ringAfterCommit(account, ListingWork.NAME);
                    return true;
                })
                .orElse(false);
    }

    /// Counts per account.
    @Transactional
    public Map<String, ListingCounts> counts() {
        return targets.counts();
    }
}
