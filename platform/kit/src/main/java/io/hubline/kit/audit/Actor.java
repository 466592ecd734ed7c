package io.hubline.kit.audit;

import io.hubline.kit.ServiceName;
import io.hubline.kit.inbox.Cause;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Who is at work on this thread.
@Singleton
public final class Actor {

    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;
    private final ServiceName service;

    Actor(SecurityIdentity identity, CurrentVertxRequest request, ServiceName service) {
        this.identity = identity;
        this.request = request;
        this.service = service;
    }

    /// The subject of the request's token; `anonymous` for a request without one; `event:<consumer>:<event
    /// id>` inside an event's effect; otherwise `system:<service>`.
    public String name() {
        return Cause.current()
                .map(cause -> ofEvent(cause.consumer(), cause.eventId()))
                .orElseGet(() -> {
                    if (!Arc.container().requestContext().isActive() || request.getCurrent() == null) {
                        return "system:" + service;
                    }
                    return identity.isAnonymous()
                            ? "anonymous"
                            : identity.getPrincipal().getName();
                });
    }

    /// The name of an event at work.
    public static String ofEvent(String consumer, UUID eventId) {
        return "event:" + consumer + ":" + eventId;
    }
}
