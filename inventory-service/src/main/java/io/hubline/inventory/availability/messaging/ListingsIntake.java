package io.hubline.inventory.availability.messaging;

import io.hubline.inventory.availability.AvailabilityService;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;

/// One transaction of the listings consumer, tried again for what passes.
@ApplicationScoped
class ListingsIntake {

    private final AvailabilityService availability;

    ListingsIntake(AvailabilityService availability) {
        this.availability = availability;
    }

    @Transactional
    @RetryTransient
    void take(Collection<Listing> listings) {
        availability.apply(listings);
    }
}
