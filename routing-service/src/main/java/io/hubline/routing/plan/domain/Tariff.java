package io.hubline.routing.plan.domain;

import org.jspecify.annotations.Nullable;

/// What a parcel from one location to one destination costs: a part for the parcel and a part for each
/// unit.
///
/// @param region the region of the destination, or null for the whole country
public record Tariff(
        String rateId,
        String country,
        @Nullable String region,
        String carrier,
        String service,
        long baseMinor,
        long perUnitMinor,
        int transitDays) {

    public Tariff {
        if (baseMinor < 0 || perUnitMinor < 0) {
            throw new IllegalArgumentException("rate %s pays for shipping".formatted(rateId));
        }
    }

    long cost(int units) {
        return Math.addExact(baseMinor, Math.multiplyExact(perUnitMinor, (long) units));
    }
}
