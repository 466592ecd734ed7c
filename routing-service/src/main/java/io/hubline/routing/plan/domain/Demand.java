package io.hubline.routing.plan.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a plan must deliver. Two equal demands have equal plans, as far as stock and rates are equal.
///
/// @param shipBy when the last parcel should have left, where the channel says so
public record Demand(
        String country, @Nullable String region, @Nullable Instant shipBy, List<DemandLine> lines) {

    public Demand {
        lines = List.copyOf(lines);
    }

    /// The destination for a person.
    public String destination() {
        return region == null ? country : country + "-" + region;
    }

    /// Every SKU in it, each once, in one order for everybody.
    public List<String> skus() {
        return lines.stream().map(DemandLine::sku).distinct().sorted().toList();
    }
}
