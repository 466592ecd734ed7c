package io.hubline.kit.inbox;

import java.util.Optional;
import java.util.UUID;

/// The event whose effect is under way. Whatever is published or audited meanwhile names it, unasked.
///
/// @param consumer who handles it
/// @param eventId the event
public record Cause(String consumer, UUID eventId) {

    private static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

    /// The cause of what this thread does now; empty when no event caused it.
    public static Optional<Cause> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Does the work as an effect of the event. [Inbox#once] does this itself; a consumer of batches does
    /// it per event.
    public static void during(String consumer, UUID eventId, Runnable work) {
        ScopedValue.where(CURRENT, new Cause(consumer, eventId)).run(work);
    }
}
