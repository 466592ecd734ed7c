package io.hubline.inventory.availability;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Publications;
import io.hubline.inventory.availability.domain.Setting;
import io.hubline.inventory.availability.domain.SettingStore;
import io.hubline.inventory.availability.domain.Settings;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.inventory.availability.domain.StockView;
import io.hubline.inventory.stock.AccountPoolChanged;
import io.hubline.inventory.stock.PositionsChanged;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what each offer should show, whenever that changes.
@ApplicationScoped
public class AvailabilityService {

    /// What a setting concerns is announced with it as long as it is no more than that; beyond, in steps
    /// of that size.
    static final int SKUS_PER_STEP = 200;

    private final Offers offers;
    private final Publications publications;
    private final SettingStore settings;
    private final StockView view;
    private final SellableStock stock;
    private final Outbox outbox;
    private final Audit audit;
    private final InstantSource clock;

    AvailabilityService(
            Offers offers,
            Publications publications,
            SettingStore settings,
            StockView view,
            SellableStock stock,
            Outbox outbox,
            Audit audit,
            InstantSource clock) {
        this.offers = offers;
        this.publications = publications;
        this.settings = settings;
        this.view = view;
        this.stock = stock;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Takes offers over from the catalogue, and announces what they should show.
    ///
    /// The SKUs' pools are held first. Otherwise a change of their stock could miss these offers, because
    /// it does not see them yet, while this looks at the stock before that change.
    @Transactional(MANDATORY)
    public void apply(Collection<Listing> listings) {
        stock.hold(listings.stream().map(Listing::sku).distinct().toList());
        Set<String> news = offers.apply(listings);
        if (!news.isEmpty()) {
            announce(offers.hold(List.of(), news));
        }
    }

    /// Announces the offers of the SKUs that changed, and those through which more or less was sold.
    void on(@Observes PositionsChanged changed) {
        announce(offers.hold(changed.skus(), changed.bookings().keySet()));
    }

    /// The offers of an account that draws on another pool now are decided anew, by [#catchUp].
    void on(@Observes AccountPoolChanged changed) {
        offers.due(new Setting(changed.account(), Setting.ANY, Settings.NONE), clock.instant());
    }

    /// Sets limits, and announces the offers that they concern: at once, or by [#catchUp] where they are
    /// many.
    @Transactional
    public void set(Setting setting) {
        List<String> skus = offers.skusOf(setting, SKUS_PER_STEP + 1);
        boolean few = skus.size() <= SKUS_PER_STEP;
        if (few) {
            stock.hold(skus);
        }
        Settings before = settings.replace(setting);
        audit.record(
                "availability-setting.changed",
                "availability-setting",
                setting.name(),
                before.fields(),
                setting.settings().fields());
        if (few) {
            announce(offers.hold(skus, List.of()));
        } else {
            offers.due(setting, clock.instant());
        }
    }

    /// Decides a step of the offers anew that are due.
    ///
    /// @return whether there may be more
    @Transactional
    public boolean catchUp() {
        List<String> skus = offers.takeDue(SKUS_PER_STEP);
        if (!skus.isEmpty()) {
            stock.hold(skus);
            announce(offers.hold(skus, List.of()));
        }
        return skus.size() == SKUS_PER_STEP;
    }

    /// Every limit that is set.
    public List<Setting> settings() {
        return settings.all();
    }

    /// What the offer should show now; empty when the catalogue never announced it.
    public Optional<Shown> find(String offer) {
        return shown(offers.find(offer)).stream().findFirst();
    }

    /// What offers should show now, in the order of their ids.
    public List<Shown> page(@Nullable String account, @Nullable String after, int size) {
        return shown(offers.page(account, after, size));
    }

    /// What an offer should show by the books as they are.
    Shown shown(Offer offer) {
        return shown(List.of(offer)).getFirst();
    }

    private List<Shown> shown(List<Offer> found) {
        Map<Source, Stock> stocks = stocks(found);
        return found.stream().map(offer -> shown(offer, stocks)).toList();
    }

    private static Shown shown(Offer offer, Map<Source, Stock> stocks) {
        Stock stock = Objects.requireNonNull(stocks.get(offer.source()), offer.id());
        Publication.Inputs inputs = new Publication.Inputs(stock, offer.rule(), 0, null);
        return new Shown(offer, inputs, inputs.decide());
    }

    /// The offers are locked: whoever changes their stock meanwhile waits to announce it, and announces it
    /// after this.
    /// The stock is read when the locks are there, so it is at least as new as what any of them announced
    /// before.
    private void announce(List<Offer> held) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Publication> announced = new ArrayList<>();
        for (Shown shown : shown(held)) {
            Offer offer = shown.offer();
            int quantity = shown.availability().quantity();
            if (offer.isNews(quantity, Mode.SHARED)) {
                long sequence = StateEvent.next(offer.lastSequence(), now);
                announced.add(new Publication(
                        offer.id(),
                        offer.account(),
                        offer.sku(),
                        sequence,
                        offer.permit(quantity, Mode.SHARED, sequence),
                        quantity,
                        offer.booked(),
                        offer.sold(),
                        Mode.SHARED,
                        shown.availability().terms(),
                        shown.inputs(),
                        now));
            }
        }
        publications.add(announced);
        outbox.publishAll(
                Topic.AVAILABILITY,
                announced.stream().map(AvailabilityEvents::state).toList());
    }

    private Map<Source, Stock> stocks(Collection<Offer> of) {
        return view.of(of.stream().map(Offer::source).collect(Collectors.toSet()));
    }

    /// An offer and what it should show.
    public record Shown(Offer offer, Publication.Inputs inputs, Availability availability) {}
}
