package io.hubline.routing.plan.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A location that can ship something of the demand.
final class Candidate {

    private final String locationId;
    private final boolean late;
    private final List<Tariff> tariffs;
    private final int[] supply;

    /// @param late whether it leaves after the ship-by time
    /// @param tariffs out of [#worthTrying]
    /// @param supply units it can give, per SKU of the demand, at most what is wanted
    Candidate(String locationId, boolean late, List<Tariff> tariffs, int[] supply) {
        this.locationId = locationId;
        this.late = late;
        this.tariffs = List.copyOf(tariffs);
        this.supply = supply.clone();
    }

    String locationId() {
        return locationId;
    }

    boolean late() {
        return late;
    }

    List<Tariff> tariffs() {
        return tariffs;
    }

    int supply(int sku) {
        return supply[sku];
    }

    /// Leaves out every tariff that another one beats at any number of units.
    static List<Tariff> worthTrying(List<Tariff> tariffs) {
        List<Tariff> kept = new ArrayList<>();
        tariffs.stream()
                .sorted(Comparator.comparingLong(Tariff::baseMinor)
                        .thenComparingLong(Tariff::perUnitMinor)
                        .thenComparingInt(Tariff::transitDays)
                        .thenComparing(Tariff::rateId))
                .forEach(tariff -> {
                    if (kept.isEmpty() || tariff.perUnitMinor() < kept.getLast().perUnitMinor()) {
                        kept.add(tariff);
                    }
                });
        return List.copyOf(kept);
    }

    long perUnitMin() {
        return tariffs.getLast().perUnitMinor();
    }

    long baseMin() {
        return tariffs.getFirst().baseMinor();
    }

    int units() {
        int units = 0;
        for (int each : supply) {
            units += each;
        }
        return units;
    }

    long cheapest(int units) {
        return tariffs.stream().mapToLong(tariff -> tariff.cost(units)).min().orElseThrow();
    }
}
