package io.hubline.catalog.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.product.domain.Sellable;
import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what offers and products say together, once per change.
///
/// The digest of what was said last is kept with each offer. So a change that a channel cannot see
/// announces nothing, and one product edit does not rewrite offers that it does not concern.
@ApplicationScoped
class Announcer {

    private final Offers offers;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final InstantSource clock;

    Announcer(Offers offers, Outbox outbox, ObjectMapper json, InstantSource clock) {
        this.offers = offers;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /// Writes offers, and announces those that are said differently than before.
    ///
    /// @param created offers that are not there yet
    /// @param changed offers that are, held by this transaction
    /// @param sellable what is sold under the SKUs of the managed ones, held by this transaction
    /// @return the offers as they stand now, by id
    @Transactional(TxType.MANDATORY)
    public Map<String, Offer> settle(
            Collection<Offer> created, Collection<Offer> changed, Map<String, Sellable> sellable) {
        Instant now = clock.instant();
        List<ListingState> announced = new ArrayList<>();
        List<Offer> news = created.stream()
                .map(offer -> settle(offer, sellable, now, announced))
                .toList();
        List<Offer> others = changed.stream()
                .map(offer -> settle(offer, sellable, now, announced))
                .toList();
        offers.write(news, others);
        outbox.publishAll(Topic.LISTINGS, announced);
        Map<String, Offer> settled = new LinkedHashMap<>();
        news.forEach(offer -> settled.put(offer.id(), offer));
        others.forEach(offer -> settled.put(offer.id(), offer));
        return settled;
    }

    /// Follows a change of what is sold: offers that are said as before are left alone.
    ///
    /// @param held managed offers, held by this transaction
    @Transactional(TxType.MANDATORY)
    public void follow(List<Offer> held, Map<String, Sellable> sellable) {
        Instant now = clock.instant();
        List<ListingState> announced = new ArrayList<>();
        List<Offer> written = new ArrayList<>();
        for (Offer offer : held) {
            Offer settled = settle(offer, sellable, now, announced);
            if (!settled.equals(offer)) {
                written.add(settled);
            }
        }
        if (!written.isEmpty()) {
            offers.write(List.of(), written);
            outbox.publishAll(Topic.LISTINGS, announced);
        }
    }

    /// Announces offers again, with the sequences they have wherever they are said as before.
    ///
    /// @param held offers, held by this transaction
    @Transactional(TxType.MANDATORY)
    public void repeat(List<Offer> held, Map<String, Sellable> sellable) {
        Instant now = clock.instant();
        List<ListingState> announced = new ArrayList<>();
        List<Offer> written = new ArrayList<>();
        for (Offer offer : held) {
            Composition composed =
                    Composition.of(offer, sellable.get(offer.terms().sku()));
            String digest = digest(offer, composed);
            boolean saidBefore = offer.said() == null || offer.said().equals(digest);
            Offer settled = offer.said(
                    saidBefore ? offer.sequence() : StateEvent.next(offer.sequence(), now),
                    digest,
                    composed.obstacles());
            announced.add(OfferEvents.listing(settled, composed));
            if (!settled.equals(offer)) {
                written.add(settled);
            }
        }
        offers.write(List.of(), written);
        outbox.publishAll(Topic.LISTINGS, announced);
    }

    private Offer settle(Offer offer, Map<String, Sellable> sellable, Instant now, List<ListingState> announced) {
        Composition composed = Composition.of(offer, sellable.get(offer.terms().sku()));
        String digest = digest(offer, composed);
        if (digest.equals(offer.said())) {
            return offer.said(offer.sequence(), digest, composed.obstacles());
        }
        Offer settled = offer.said(StateEvent.next(offer.sequence(), now), digest, composed.obstacles());
        announced.add(OfferEvents.listing(settled, composed));
        return settled;
    }

    /// Of everything that is announced but its sequence.
    private String digest(Offer offer, Composition composed) {
        ListingState said = OfferEvents.listing(offer.said(0, "", composed.obstacles()), composed);
        try {
            // In the order of its keys: a map of the published language has another order in every process.
            String text =
                    json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(said);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a listing cannot be digested", e);
        }
    }
}
