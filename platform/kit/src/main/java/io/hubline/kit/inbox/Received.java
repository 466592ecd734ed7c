package io.hubline.kit.inbox;

import io.hubline.contracts.Event;
import java.time.Instant;
import java.util.UUID;

/// An event as it came, with the id that the inbox knows it by.
///
/// @param id the same for every copy and every replay
/// @param time when it was published
public record Received<E extends Event>(UUID id, Instant time, E event) {}
