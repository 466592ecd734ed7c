package io.hubline.inventory.availability;

import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Offer;
import java.time.Instant;

/// Availability in the published language.
final class AvailabilityEvents {

    private AvailabilityEvents() {}

    static AvailabilityState state(Offer offer, Availability availability, long sequence, Instant at) {
        return new AvailabilityState(
                offer.id(),
                sequence,
                offer.account(),
                offer.sku(),
                availability.quantity(),
                offer.booked(),
                AvailabilityState.Mode.SHARED,
                null,
                null,
                availability.terms().stream()
                        .map(term -> new AvailabilityState.Term(term.name(), term.units()))
                        .toList(),
                at);
    }
}
