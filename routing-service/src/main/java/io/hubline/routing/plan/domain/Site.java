package io.hubline.routing.plan.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A location as one demand sees it.
///
/// @param cutOff until when, in UTC, a plan leaves on the same day; null where it leaves at any hour
/// @param free units per SKU that nobody has: on hand, less allocated, less claimed by outstanding plans
/// @param tariffs what parcels from here cost, to wherever
public record Site(
        String locationId,
        boolean enabled,
        @Nullable LocalTime cutOff,
        Map<String, Integer> free,
        List<Tariff> tariffs) {

    public Site {
        free = Map.copyOf(free);
        tariffs = List.copyOf(tariffs);
    }

    int free(String sku) {
        return Math.max(0, free.getOrDefault(sku, 0));
    }

    /// When something planned now leaves at the latest.
    Instant leaves(Instant now) {
        if (cutOff == null) {
            return now;
        }
        Instant today = LocalDateTime.ofInstant(now, ZoneOffset.UTC)
                .toLocalDate()
                .atTime(cutOff)
                .toInstant(ZoneOffset.UTC);
        return today.isBefore(now) ? today.plus(Duration.ofDays(1)) : today;
    }

    /// The tariffs for a destination: those for its region where there are any, otherwise those for its
    /// country.
    List<Tariff> tariffsTo(String country, @Nullable String region) {
        List<Tariff> there = tariffs.stream()
                .filter(tariff -> tariff.country().equals(country))
                .toList();
        List<Tariff> exact = there.stream()
                .filter(tariff -> tariff.region() != null && tariff.region().equals(region))
                .toList();
        return exact.isEmpty()
                ? there.stream().filter(tariff -> tariff.region() == null).toList()
                : exact;
    }
}
