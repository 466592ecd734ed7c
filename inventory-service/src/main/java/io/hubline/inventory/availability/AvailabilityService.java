package io.hubline.inventory.availability;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Limits;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.inventory.stock.PositionsChanged;
import io.hubline.inventory.stock.Sellable;
import io.hubline.inventory.stock.SellableStock;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says what each offer should show, whenever that changes.
@ApplicationScoped
public class AvailabilityService {

    private final Offers offers;
    private final SellableStock stock;
    private final Outbox outbox;
    private final Audit audit;
    private final InstantSource clock;

    AvailabilityService(Offers offers, SellableStock stock, Outbox outbox, Audit audit, InstantSource clock) {
        this.offers = offers;
        this.stock = stock;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Takes an offer over from the catalogue, and announces what it should show.
    ///
    /// The SKU's pool is held first. Otherwise a change of its stock could miss this offer, because it
    /// does not see it
    /// yet, while this looks at the stock before that change.
    @Transactional(MANDATORY)
    public void apply(Listing listing) {
        Map<String, Sellable> held = stock.hold(List.of(listing.sku()));
        if (offers.apply(listing)) {
            announce(offers.hold(List.of(), List.of(listing.offer())), held);
        }
    }

    /// Announces the offers of the SKUs that changed, and those through which more or less was sold.
    void on(@Observes PositionsChanged changed) {
        offers.book(changed.bookings());
        announce(offers.hold(changed.sellable().keySet(), changed.bookings().keySet()), changed.sellable());
    }

    /// Sets limits, and announces the offers that they concern.
    @Transactional
    public void set(Offers.Setting setting) {
        List<String> skus = offers.skusOf(setting);
        Map<String, Sellable> held = stock.hold(skus);
        Map<String, Object> before = fields(offers.set(setting));
        audit.record(
                "availability-setting.changed",
                "availability-setting",
                setting.account() + "/" + setting.sku(),
                before,
                fields(setting.limits()));
        announce(offers.hold(skus, List.of()), held);
    }

    /// Every limit that is set.
    public List<Offers.Setting> settings() {
        return offers.settings();
    }

    /// What the offer should show now; empty when the catalogue never announced it.
    public Optional<Shown> find(String offer) {
        return shown(offers.find(offer)).stream().findFirst();
    }

    /// What offers should show now, in the order of their ids.
    public List<Shown> page(@Nullable String account, @Nullable String after, int size) {
        return shown(offers.page(account, after, size));
    }

    private List<Shown> shown(List<Offer> found) {
        Map<String, Sellable> sellable = sellable(found, Map.of());
        return found.stream()
                .map(offer -> new Shown(offer, availability(offer, sellable)))
                .toList();
    }

    /// The offers are locked: whoever changes their stock meanwhile waits to announce it, and announces it
    /// after this.
    private void announce(List<Offer> held, Map<String, Sellable> known) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Sellable> sellable = sellable(held, known);
        Map<String, Offer.Announced> announced = new TreeMap<>();
        List<AvailabilityState> states = new ArrayList<>();
        for (Offer offer : held) {
            Availability availability = availability(offer, sellable);
            if (offer.isNews(availability.quantity())) {
                long sequence = StateEvent.next(offer.lastSequence(), now);
                announced.put(offer.id(), new Offer.Announced(sequence, availability.quantity(), offer.booked()));
                states.add(AvailabilityEvents.state(offer, availability, sequence, now));
            }
        }
        offers.announced(announced);
        outbox.publishAll(Topic.AVAILABILITY, states);
    }

    private Map<String, Sellable> sellable(List<Offer> of, Map<String, Sellable> known) {
        Set<String> unknown = new TreeSet<>();
        of.forEach(offer -> unknown.add(offer.sku()));
        unknown.removeAll(known.keySet());
        if (unknown.isEmpty()) {
            return known;
        }
        Map<String, Sellable> all = new HashMap<>(known);
        all.putAll(stock.now(unknown));
        return all;
    }

    private static Availability availability(Offer offer, Map<String, Sellable> sellable) {
        Sellable of = sellable.getOrDefault(offer.sku(), new Sellable(0, 0, 0));
        return Availability.shared(
                new Availability.Stock(of.onHand(), of.reserved(), of.backordered()), offer.limits());
    }

    private static Map<String, Object> fields(Limits limits) {
        return Map.of("safetyStock", limits.safetyStock(), "minimum", limits.minimum(), "maximum", limits.maximum());
    }

    /// An offer and what it should show.
    public record Shown(Offer offer, Availability availability) {}
}
