package io.hubline.inventory.availability;

import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Publication;

/// Availability in the published language.
final class AvailabilityEvents {

    private AvailabilityEvents() {}

    static AvailabilityState state(Publication publication) {
        return new AvailabilityState(
                publication.offer(),
                publication.sequence(),
                publication.account(),
                publication.sku(),
                publication.quantity(),
                publication.booked(),
                mode(publication.mode()),
                publication.permit(),
                publication.sold(),
                publication.terms().stream()
                        .map(term -> new AvailabilityState.Term(term.name(), term.units()))
                        .toList(),
                publication.at());
    }

    private static AvailabilityState.Mode mode(Mode mode) {
        return switch (mode) {
            case SHARED -> AvailabilityState.Mode.SHARED;
            case ESCROW -> AvailabilityState.Mode.ESCROW;
        };
    }
}
