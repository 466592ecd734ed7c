package io.hubline.sandbox.trade;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// A buyer whose shop showed too few of something.
///
/// @param wanted units by SKU
public record TurnedAway(Map<String, Integer> wanted, Instant at) {

    public TurnedAway {
        wanted = Map.copyOf(wanted);
    }

    static TurnedAway of(Basket basket, Instant at) {
        return new TurnedAway(
                basket.items().stream()
                        .collect(Collectors.toMap(Basket.Item::sku, Basket.Item::quantity, Integer::sum)),
                at);
    }
}
