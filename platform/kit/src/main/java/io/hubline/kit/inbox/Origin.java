package io.hubline.kit.inbox;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/// What a change comes of. It is taken along where work leaves the thread that asked for it, such as into a
/// transaction that serves many requests at once.
///
/// @param cause the event whose effect it is; null when no event caused it
/// @param trace the trace to which whatever is published belongs
public record Origin(@Nullable Cause cause, Context trace) {

    /// The origin of what this thread does now.
    public static Origin current() {
        return new Origin(Cause.current().orElse(null), Context.current());
    }

    /// The origin of the event's effect, within the trace of this thread.
    public static Origin of(Cause cause) {
        return new Origin(cause, Context.current());
    }

    /// Does the work as part of this trace, and as an effect of the event where there is one.
    public void during(Runnable work) {
        try (Scope _ = trace.makeCurrent()) {
            if (cause == null) {
                work.run();
            } else {
                Cause.during(cause.consumer(), cause.eventId(), work);
            }
        }
    }
}
