package io.hubline.kit.inbox;

import io.opentelemetry.context.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a change comes of. It is taken along where work leaves the thread that asked for it, such as into a
/// transaction that serves many requests at once.
///
/// @param causedBy the event whose effect it is; null when no event caused it
/// @param trace the trace to which whatever is published belongs
public record Origin(@Nullable UUID causedBy, Context trace) {

    /// The origin of what this thread does now.
    public static Origin current() {
        return new Origin(Cause.current().map(Cause::eventId).orElse(null), Context.current());
    }

    /// The origin of the event's effect, within the trace of this thread.
    public static Origin of(UUID eventId) {
        return new Origin(eventId, Context.current());
    }
}
