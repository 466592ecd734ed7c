package io.hubline.order.offer.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a line sells among the offers of its account.
public final class OfferSearch {

    private OfferSearch() {}

    /// The match of a line; empty when no offer has its name, or when offers of several SKUs have, for a
    /// guess would ship the wrong goods.
    public static Optional<Match> find(LineName line, List<Offer> offers) {
        @Nullable String variant = Offer.key(line.variantId());
        List<Offer> named = variant == null
                ? List.of()
                : offers.stream()
                        .filter(offer -> variant.equals(offer.variantKey()))
                        .toList();
        if (named.isEmpty() && !line.channelSku().isBlank()) {
            named = offers.stream()
                    .filter(offer -> offer.channelSku().equals(line.channelSku()))
                    .toList();
        }
        List<String> skus = named.stream().map(Offer::sku).distinct().toList();
        return skus.size() == 1 ? Optional.of(new Match(skus.getFirst(), seller(line, named))) : Optional.empty();
    }

    /// The offer that lowered its own count by this sale. The channel's place decides; without one, only a
    /// single offer can be meant.
    private static @Nullable String seller(LineName line, List<Offer> named) {
        @Nullable String place = Offer.key(line.channelLocation());
        Optional<Offer> there = named.stream()
                .filter(offer -> Objects.equals(place, offer.locationKey()))
                .findFirst();
        if (there.isPresent()) {
            return there.get().offer();
        }
        boolean placeless = place == null || named.getFirst().locationKey() == null;
        return named.size() == 1 && placeless ? named.getFirst().offer() : null;
    }

    /// What a line sells.
    ///
    /// @param offer null where several offers of the SKU could have sold it
    public record Match(String sku, @Nullable String offer) {}
}
