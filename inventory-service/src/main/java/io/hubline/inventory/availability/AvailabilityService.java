package io.hubline.inventory.availability;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockAlert.Oversold;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Modes;
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
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.Exposures;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what each offer should show, whenever that changes.
///
/// Locks are taken in this order: pools by their keys, then offers by their ids. Where a bundle in escrow
/// ties a pool to others that are not held, they are taken only if nobody has them; otherwise the sweep
/// decides, which takes them first.
@ApplicationScoped
public class AvailabilityService {

    /// What a setting concerns is announced with it as long as it is no more than that; beyond, in steps of
    /// that size.
    static final int SKUS_PER_STEP = 200;

    private final Offers offers;
    private final Publications publications;
    private final SettingStore settings;
    private final StockView view;
    private final StockLedger ledger;
    private final Exposures exposures;
    private final Modes modes;
    private final ModeKeeper modeKeeper;
    private final Divider divider;
    private final Pacing pacing;
    private final StockWatch watch;
    private final Outbox outbox;
    private final Audit audit;
    private final InstantSource clock;

    AvailabilityService(
            Offers offers,
            Publications publications,
            SettingStore settings,
            StockView view,
            StockLedger ledger,
            Exposures exposures,
            Modes modes,
            ModeKeeper modeKeeper,
            Divider divider,
            Pacing pacing,
            StockWatch watch,
            Outbox outbox,
            Audit audit,
            InstantSource clock) {
        this.offers = offers;
        this.publications = publications;
        this.settings = settings;
        this.view = view;
        this.ledger = ledger;
        this.exposures = exposures;
        this.modes = modes;
        this.modeKeeper = modeKeeper;
        this.divider = divider;
        this.pacing = pacing;
        this.watch = watch;
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
        Map<String, String> pools =
                offers.pools(listings.stream().map(Listing::account).collect(Collectors.toSet()));
        holdPools(listings.stream()
                .map(listing -> new Source(Objects.requireNonNull(pools.get(listing.account())), listing.sku()))
                .collect(Collectors.toSet()));
        Set<String> news = offers.apply(listings);
        if (!news.isEmpty()) {
            Instant now = now();
            offers.due(announce(offers.hold(List.of(), news), now), now);
        }
    }

    /// Announces the offers of the SKUs that changed, and those through which more or less was sold.
    void on(@Observes PositionsChanged changed) {
        Instant now = now();
        Set<String> skus = changed.skus();
        List<Offer> held = offers.hold(skus, changed.bookings().keySet());
        if (!changed.oversells().isEmpty()) {
            watch.oversold(oversold(changed.oversells(), held, now));
        }
        pacing.learn(
                held.stream()
                        .filter(offer -> changed.bookings().containsKey(offer.id()))
                        .toList(),
                now);
        offers.due(announce(held, now), now);
        if (!skus.isEmpty()) {
            watch.compare(skus, now);
        }
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
            holdPools(offers.sources(skus));
        }
        Settings before = settings.replace(setting);
        audit.record(
                "availability-setting.changed",
                "availability-setting",
                setting.name(),
                before.fields(),
                setting.settings().fields());
        if (few) {
            decide(skus);
        } else {
            offers.due(setting, clock.instant());
        }
        if (!setting.sku().equals(Setting.ANY)) {
            watch.compare(Set.of(setting.sku()), now());
        }
    }

    /// Decides a step of the offers anew that are due, their modes too.
    ///
    /// @return whether there may be more
    @Transactional
    public boolean catchUp() {
        List<String> taken = offers.takeDue(SKUS_PER_STEP);
        Set<String> skus = new TreeSet<>(taken);
        if (!skus.isEmpty()) {
            holdPools(offers.sources(skus));
            decide(skus);
            watch.compare(skus, now());
        }
        return taken.size() == SKUS_PER_STEP;
    }

    /// Lets a step of the SKUs in escrow be decided anew, for what is asked for changes with time alone.
    ///
    /// @param after the last SKU of the step before; null for the first step
    /// @return the last SKU of this step; null when there are no more
    @Transactional
    public @Nullable Source reconsider(@Nullable Source after) {
        List<Source> step =
                modes.page(after, SKUS_PER_STEP).stream().map(Modes.Chosen::key).toList();
        offers.due(step.stream().map(Source::sku).toList(), now());
        return step.size() < SKUS_PER_STEP ? null : step.getLast();
    }

    /// A number of an offer in escrow settled at its channel (E4), or how its channel keeps numbers was
    /// told.
    @Transactional(MANDATORY)
    public void heard(ChannelState state, @Nullable Settled settled, boolean otherWays) {
        Map<String, Exposure> known = exposures.of(List.of(state.offer()));
        if (known.isEmpty()) {
            if (otherWays) {
                // Now that its ways are known, its SKU may be divided.
                offers.due(offers.find(state.offer()).stream().map(Offer::sku).toList(), clock.instant());
            }
            return;
        }
        boolean frees = settled != null
                && known.values().stream()
                        .anyMatch(exposure ->
                                !settled.appliedTo(exposure, Integer.MAX_VALUE).equals(exposure));
        if (!frees && !otherWays) {
            return;
        }
        Set<Source> keys = new HashSet<>();
        known.values()
                .forEach(exposure ->
                        exposure.parts().keySet().forEach(key -> keys.add(new Source(key.pool(), key.sku()))));
        List<String> skus = offers.find(state.offer()).stream().map(Offer::sku).toList();
        keys.addAll(keysOf(offers.sources(skus)));
        hold(keys);
        List<Offer> held = offers.hold(skus, List.of(state.offer()));
        if (settled != null) {
            exposures.save(exposures.of(List.of(state.offer())).values().stream()
                    .map(exposure -> settled.appliedTo(exposure, headroom(exposure)))
                    .toList());
        }
        Instant now = now();
        offers.due(announce(held, now), now);
    }

    /// What is to spare for the offer: units that can be promised and that no channel may have sold
    /// already. Its pools are held.
    private int headroom(Exposure exposure) {
        Map<Source, Stock> stocks = view.of(exposure.parts().keySet().stream()
                .map(key -> new Source(key.pool(), key.sku()))
                .collect(Collectors.toSet()));
        return exposure.parts().entrySet().stream()
                .mapToInt(part -> {
                    Source source =
                            new Source(part.getKey().pool(), part.getKey().sku());
                    Stock.Part lies =
                            Objects.requireNonNull(stocks.get(source)).parts().getFirst();
                    return Math.max(0, lies.promisable() - lies.exposed()) / part.getValue();
                })
                .min()
                .orElse(0);
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

    /// What offers should show by the books as they are.
    List<Shown> shown(List<Offer> found) {
        Map<Source, Stock> stocks = stocks(found);
        Pacing.Paced paced = pacing.of(found, now());
        Map<String, Exposure> known = found.stream().anyMatch(offer -> mode(offer) == Mode.ESCROW)
                ? exposures.of(found.stream().map(Offer::id).toList())
                : Map.of();
        return found.stream()
                .map(offer -> {
                    Stock stock = of(offer, stocks);
                    Publication.@Nullable Division division =
                            mode(offer) == Mode.ESCROW ? Divider.asItStands(offer, stock, known) : null;
                    return shown(offer, stock, paced, division);
                })
                .toList();
    }

    private static Mode mode(Offer offer) {
        return offer.announced() == null ? Mode.SHARED : offer.announced().mode();
    }

    private static Shown shown(Offer offer, Stock stock, Pacing.Paced paced, Publication.@Nullable Division division) {
        int safety = division == null ? paced.safety(offer) : 0;
        Publication.Inputs inputs = new Publication.Inputs(stock, offer.rule(), safety, division);
        return new Shown(offer, inputs, inputs.decide());
    }

    /// Chooses modes and announces. The pools of all that is tied to these SKUs are held.
    private void decide(Collection<String> skus) {
        Instant now = now();
        List<Offer> held = offers.hold(skus, List.of());
        Map<Source, Stock> stocks = stocks(held);
        Map<Source, Modes.Chosen> chosen = modes.of(keys(stocks));
        List<Modes.Chosen> changes = modeKeeper.changes(held, stocks, chosen, pacing.of(held, now)::duringLag, now);
        modes.save(changes);
        // A bundle may have drawn a SKU in whose other offers are not held: the next step sees it all.
        Set<String> drawnIn = changes.stream()
                .filter(change -> change.mode() == Mode.ESCROW)
                .map(change -> change.key().sku())
                .filter(sku -> !skus.contains(sku))
                .collect(Collectors.toSet());
        if (drawnIn.isEmpty()) {
            offers.due(announce(held, now), now);
        } else {
            drawnIn.addAll(skus);
            offers.due(drawnIn, now);
        }
    }

    /// The offers are locked: whoever changes their stock meanwhile waits to announce it, and announces it
    /// after this. The stock is read when the locks are there, so it is at least as new as what any of them
    /// announced before.
    private Set<String> announce(List<Offer> held, Instant now) {
        if (held.isEmpty()) {
            return Set.of();
        }
        Map<Source, Stock> stocks = stocks(held);
        Map<Source, Modes.Chosen> chosen = modes.of(keys(stocks));
        Pacing.Paced paced = pacing.of(held, now);
        Divider.Round round = divider.divide(held, stocks, chosen, paced::untilSettled, now);
        Map<Source, Stock> stocksNow = round.stocks().isEmpty() ? stocks : round.stocks();
        List<Publication> announced = new ArrayList<>();
        for (Offer offer : held) {
            if (!round.isUndecided(offer)) {
                announcement(offer, stocksNow, paced, round.of(offer), now).ifPresent(announced::add);
            }
        }
        publications.add(announced);
        outbox.publishAll(
                Topic.AVAILABILITY,
                announced.stream().map(AvailabilityEvents::state).toList());
        Set<String> due = new TreeSet<>(round.due());
        modeKeeper
                .changes(held, stocksNow, chosen, paced::duringLag, now)
                .forEach(change -> due.add(change.key().sku()));
        return due;
    }

    private static Optional<Publication> announcement(
            Offer offer, Map<Source, Stock> stocks, Pacing.Paced paced, Divider.@Nullable Grant grant, Instant now) {
        if (grant != null) {
            Availability availability = grant.inputs().decide();
            return grant.isNew() || offer.isNews(availability.quantity(), Mode.ESCROW)
                    ? Optional.of(publication(
                            offer, grant.sequence(), grant.permit(), Mode.ESCROW, grant.inputs(), availability, now))
                    : Optional.empty();
        }
        Shown shown = shown(offer, of(offer, stocks), paced, null);
        int quantity = shown.availability().quantity();
        if (!offer.isNews(quantity, Mode.SHARED)) {
            return Optional.empty();
        }
        long sequence = StateEvent.next(offer.lastSequence(), now);
        return Optional.of(publication(
                offer,
                sequence,
                offer.permit(quantity, Mode.SHARED, sequence),
                Mode.SHARED,
                shown.inputs(),
                shown.availability(),
                now));
    }

    private static Publication publication(
            Offer offer,
            long sequence,
            long permit,
            Mode mode,
            Publication.Inputs inputs,
            Availability availability,
            Instant now) {
        return new Publication(
                offer.id(),
                offer.account(),
                offer.sku(),
                sequence,
                permit,
                availability.quantity(),
                offer.booked(),
                offer.sold(),
                mode,
                availability.terms(),
                inputs,
                now);
    }

    /// Whether the channels were known to show too much is asked before anything is decided upon the sale.
    private List<Oversold> oversold(List<Decision.Oversell> oversells, List<Offer> held, Instant now) {
        Map<String, Offer> byId = held.stream().collect(Collectors.toMap(Offer::id, Function.identity()));
        Map<Source, Stock> stocks = view.of(
                oversells.stream().map(oversell -> source(oversell, byId)).collect(Collectors.toSet()));
        Set<Source> atRisk = modes.atRisk(keys(stocks));
        Map<String, Exposure> known = exposures.of(oversells.stream()
                .map(Decision.Oversell::offer)
                .filter(Objects::nonNull)
                .toList());
        List<Oversold> alerts = new ArrayList<>();
        for (Decision.Oversell oversell : oversells) {
            @Nullable Offer offer = oversell.offer() == null ? null : byId.get(oversell.offer());
            if (offer != null && offer.rule().limits().showsWhatIsMade()) {
                continue;
            }
            Source source = source(oversell, byId);
            @Nullable Exposure exposure = offer == null ? null : known.get(offer.id());
            boolean tooMuch = Objects.requireNonNull(stocks.get(source)).parts().stream()
                    .anyMatch(part ->
                            part.reserved() > part.onHand() || atRisk.contains(new Source(part.pool(), part.sku())));
            alerts.add(new Oversold(
                    oversell.sku(),
                    source.pool(),
                    oversell.orderId(),
                    oversell.lineId(),
                    oversell.offer(),
                    oversell.units(),
                    tooMuch || (exposure != null && exposure.isUnproven()),
                    now));
        }
        return alerts;
    }

    private static Source source(Decision.Oversell oversell, Map<String, Offer> byId) {
        @Nullable Offer offer = oversell.offer() == null ? null : byId.get(oversell.offer());
        return offer == null || !offer.sku().equals(oversell.sku())
                ? new Source(StockKey.DEFAULT_POOL, oversell.sku())
                : offer.source();
    }

    private void holdPools(Set<Source> sources) {
        hold(keysOf(sources));
    }

    private Set<Source> keysOf(Set<Source> sources) {
        return keys(view.of(sources));
    }

    private void hold(Set<Source> keys) {
        ledger.holdPools(keys.stream()
                .map(key -> new StockKey(key.pool(), key.sku()))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<Source> keys(Map<Source, Stock> stocks) {
        return stocks.values().stream()
                .flatMap(stock -> stock.parts().stream())
                .map(part -> new Source(part.pool(), part.sku()))
                .collect(Collectors.toSet());
    }

    private Map<Source, Stock> stocks(Collection<Offer> of) {
        return view.of(of.stream().map(Offer::source).collect(Collectors.toSet()));
    }

    private static Stock of(Offer offer, Map<Source, Stock> stocks) {
        return Objects.requireNonNull(stocks.get(offer.source()), offer.id());
    }

    private Instant now() {
        // Micros, because that is what the database keeps.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// An offer and what it should show.
    public record Shown(Offer offer, Publication.Inputs inputs, Availability availability) {}

    /// A number of which it is proved what the channel can still sell (E4).
    ///
    /// @param throughSequence every publication up to this one stands there, stood there, or never will
    /// @param soldUnits units ever sold when the poll that proves it ended
    /// @param cancelledUnits units of cancelled sales then; null where the number was written and not read
    public record Settled(
            long throughSequence,
            int quantity,
            long soldUnits,
            @Nullable Long cancelledUnits) {

        Exposure appliedTo(Exposure exposure, int headroom) {
            return exposure.settledWithin(headroom, throughSequence, quantity, soldUnits, cancelledUnits);
        }
    }
}
