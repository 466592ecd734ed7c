package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.Demand;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.ModeChoice;
import io.hubline.inventory.availability.domain.Modes;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.inventory.availability.domain.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Chooses whether the units of a SKU are shown everywhere or divided.
///
/// A bundle offer is in escrow when any of its parts is, and then all its parts are: what it may sell is
/// counted in the pools of all of them.
@ApplicationScoped
class ModeKeeper {

    private final boolean automatic;
    private final ModeChoice choice;

    ModeKeeper(
            @ConfigProperty(name = "hubline.inventory.escrow.automatic", defaultValue = "true") boolean automatic,
            @ConfigProperty(name = "hubline.inventory.escrow.oversell-probability", defaultValue = "0.001")
                    double probability) {
        this.automatic = automatic;
        this.choice = new ModeChoice(probability, ModeChoice.USUAL.escrowBelow(), ModeChoice.USUAL.sharedAbove());
    }

    /// The modes that are to be others from now on.
    ///
    /// @param offers all that draw on the SKUs in question
    /// @param duringLag what sells through an offer until every other channel shows it
    List<Modes.Chosen> changes(
            Collection<Offer> offers,
            Map<Source, Stock> stocks,
            Map<Source, Modes.Chosen> chosen,
            Function<Offer, Demand> duringLag,
            Instant now) {
        SortedMap<Source, List<Offer>> drawing = new TreeMap<>();
        for (Offer offer : offers) {
            if (offer.active()) {
                Divider.parts(offer, stocks)
                        .keySet()
                        .forEach(key -> drawing.computeIfAbsent(key, _ -> new ArrayList<>())
                                .add(offer));
            }
        }
        Map<Source, Mode> wanted = new HashMap<>();
        drawing.forEach((key, there) -> wanted.put(key, wanted(key, there, stocks, of(key, chosen), duringLag)));
        spreadOverBundles(offers, stocks, wanted);
        return drawing.keySet().stream()
                .map(key -> of(key, chosen).in(wanted.getOrDefault(key, Mode.SHARED), now))
                .filter(next -> next.mode() != of(next.key(), chosen).mode())
                .toList();
    }

    private Mode wanted(
            Source key,
            List<Offer> drawing,
            Map<Source, Stock> stocks,
            Modes.Chosen now,
            Function<Offer, Demand> duringLag) {
        if (now.manual() != null) {
            return now.manual();
        }
        boolean told = drawing.stream().allMatch(offer -> offer.ways() != null);
        boolean made = drawing.stream().anyMatch(offer -> offer.rule().limits().showsWhatIsMade());
        if (!automatic || made || (!told && now.mode() == Mode.SHARED)) {
            return Mode.SHARED;
        }
        Demand together = drawing.stream()
                .map(offer -> times(
                        duringLag.apply(offer), Divider.parts(offer, stocks).getOrDefault(key, 1)))
                .reduce(Demand.NONE, Demand::plus);
        int depth = promisable(key, drawing.getFirst(), stocks);
        if (depth == 0) {
            // There is nothing to divide, and a switch would have to be undone by the first unit that comes.
            return now.mode();
        }
        return choice.choose(now.mode(), depth, drawing.size(), together, null);
    }

    private static Demand times(Demand demand, int per) {
        return new Demand(demand.mean() * per, demand.variance() * per * per);
    }

    private static int promisable(Source key, Offer drawing, Map<Source, Stock> stocks) {
        return Objects.requireNonNull(stocks.get(drawing.source()), drawing.id()).parts().stream()
                .filter(part -> part.sku().equals(key.sku()))
                .mapToInt(Stock.Part::promisable)
                .findFirst()
                .orElse(0);
    }

    private static void spreadOverBundles(
            Collection<Offer> offers, Map<Source, Stock> stocks, Map<Source, Mode> wanted) {
        boolean more = true;
        while (more) {
            more = false;
            for (Offer offer : offers) {
                Collection<Source> keys = Divider.parts(offer, stocks).keySet();
                if (offer.active() && keys.stream().anyMatch(key -> wanted.get(key) == Mode.ESCROW)) {
                    for (Source key : keys) {
                        more |= wanted.put(key, Mode.ESCROW) != Mode.ESCROW;
                    }
                }
            }
        }
    }

    private static Modes.Chosen of(Source key, Map<Source, Modes.Chosen> chosen) {
        Modes.@Nullable Chosen known = chosen.get(key);
        return known == null ? Modes.Chosen.none(key) : known;
    }
}
