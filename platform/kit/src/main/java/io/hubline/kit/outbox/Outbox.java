package io.hubline.kit.outbox;

import io.hubline.contracts.Event;
import io.hubline.contracts.Topic;
import io.hubline.kit.inbox.Origin;
import java.util.Collection;
import java.util.List;

/// Announces events with the change that made them.
///
/// An interface, so that the test of a use case can record what left: `(topic, event) ->
/// announced.add(event)`.
@FunctionalInterface
public interface Outbox {

    /// Announces an event when, and only when, the caller's transaction commits.
    ///
    /// **Call it after the aggregate is locked or written.** Only then is the order of rows the order of
    /// commits for that aggregate; two transactions that publish first and lock later can leave in the
    /// wrong order.
    ///
    /// The event is serialised here, and an event that cannot be written, or is larger than the broker
    /// takes, fails the use case instead of blocking those behind it. Without a transaction the call fails.
    ///
    /// @throws IllegalArgumentException when the event has no name, cannot be written, or is too large
    void publish(Topic topic, Event event);

    /// Announces several events of one topic, in their order, in one round trip to the database.
    default void publishAll(Topic topic, Collection<? extends Event> events) {
        events.forEach(event -> publish(topic, event));
    }

    /// The same for events of one transaction that come of several requests: each names its own cause and
    /// belongs to its own trace.
    default void publishEach(Topic topic, List<Attributed> events) {
        events.forEach(attributed -> publish(topic, attributed.event()));
    }

    /// An event, and what it comes of.
    record Attributed(Event event, Origin origin) {}
}
