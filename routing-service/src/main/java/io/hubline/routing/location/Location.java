package io.hubline.routing.location;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// A place that ships.
///
/// @param locationId the id under which the stock ledger counts there
/// @param country ISO 3166-1 alpha-2
/// @param enabled whether new plans may use it; plans that stand are not touched
/// @param cutOff until when, in UTC, what is planned leaves on the same day; null where it leaves at any
///     hour
public record Location(
        String locationId,
        String name,
        String country,
        @Nullable String region,
        boolean enabled,
        @Nullable LocalTime cutOff) {}
