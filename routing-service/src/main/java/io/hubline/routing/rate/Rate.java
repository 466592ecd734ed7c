package io.hubline.routing.rate;

import org.jspecify.annotations.Nullable;

/// The price of a parcel from one location.
///
/// @param country where the parcel goes, ISO 3166-1 alpha-2
/// @param region the region within it, or null for the whole country; a rate for the region wins over that
/// @param baseMinor for the parcel, in minor units of the currency
/// @param perUnitMinor for each unit in it
/// @param transitDays how long it is under way
public record Rate(
        String rateId,
        String locationId,
        String country,
        @Nullable String region,
        String carrier,
        String service,
        long baseMinor,
        long perUnitMinor,
        String currency,
        int transitDays) {}
