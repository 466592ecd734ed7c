package io.hubline.routing.plan;

import io.hubline.routing.location.Location;
import io.hubline.routing.location.LocationService;
import io.hubline.routing.plan.domain.Demand;
import io.hubline.routing.plan.domain.Site;
import io.hubline.routing.plan.domain.StockBook.Shelf;
import io.hubline.routing.plan.domain.Tariff;
import io.hubline.routing.rate.Rate;
import io.hubline.routing.rate.RateService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Locations and rates as a plan needs them. They change by hand and are read for every order, so they are
/// kept in memory for as long as their revision stands.
@ApplicationScoped
class Network {

    private final LocationService locations;
    private final RateService rates;
    private volatile Copy copy = new Copy(-1, List.of(), Map.of());

    Network(LocationService locations, RateService rates) {
        this.locations = locations;
        this.rates = rates;
    }

    /// Rises when any location or rate is written.
    long revision() {
        return locations.revision() + rates.revision();
    }

    View to(Demand demand) {
        long now = revision();
        Copy known = copy;
        if (known.revision() != now) {
            // Read after the revision, so it is at least as new; what is newer is read again with the next revision.
            known = new Copy(now, locations.all(), Map.of());
            copy = known;
        }
        @Nullable List<Rate> there = known.rates().get(demand.country());
        if (there == null) {
            there = rates.to(demand.country());
            // Only countries that somebody ships to are kept, so the copy is no larger than the table.
            copy = there.isEmpty() ? known : known.with(demand.country(), there);
        }
        return new View(known.revision(), known.locations(), there);
    }

    /// What was read under one revision.
    ///
    /// @param rates by the countries asked for so far that have any
    private record Copy(long revision, List<Location> locations, Map<String, List<Rate>> rates) {

        Copy {
            rates = Map.copyOf(rates);
        }

        Copy with(String country, List<Rate> read) {
            Map<String, List<Rate>> more = new HashMap<>(rates);
            more.put(country, read);
            return new Copy(revision, locations, more);
        }
    }

    /// Locations and rates to one country.
    ///
    /// @param revision read first, so what follows is at least as new
    record View(long revision, List<Location> locations, List<Rate> rates) {

        @Nullable
        String currency() {
            return rates.isEmpty() ? null : rates.getFirst().currency();
        }

        /// The sites for one demand.
        ///
        /// @param withClaims whether units claimed by outstanding plans count as gone
        List<Site> sites(List<Shelf> shelves, boolean withClaims) {
            Map<String, List<Tariff>> tariffs = rates.stream()
                    .collect(Collectors.groupingBy(
                            Rate::locationId, Collectors.mapping(View::tariff, Collectors.toList())));
            List<Site> sites = new ArrayList<>();
            for (Location location : locations) {
                String id = location.locationId();
                Map<String, Integer> free = new HashMap<>();
                for (Shelf shelf : shelves) {
                    int claimed = withClaims ? shelf.claimed().getOrDefault(id, 0) : 0;
                    free.put(shelf.sku(), shelf.free().getOrDefault(id, 0) - claimed);
                }
                sites.add(
                        new Site(id, location.enabled(), location.cutOff(), free, tariffs.getOrDefault(id, List.of())));
            }
            return sites;
        }

        private static Tariff tariff(Rate rate) {
            return new Tariff(
                    rate.rateId(),
                    rate.country(),
                    rate.region(),
                    rate.carrier(),
                    rate.service(),
                    rate.baseMinor(),
                    rate.perUnitMinor(),
                    rate.transitDays());
        }
    }
}
