/// Events in: an event's effect happens once, whatever the broker redelivers.
///
/// A consumer reads with [EventReader], applies with [Inbox], and wears [RetryTransient], so that a
/// database that is away delays its events instead of turning them into dead letters. What cannot be
/// applied becomes a dead letter.
@NullMarked
package io.hubline.kit.inbox;

import org.jspecify.annotations.NullMarked;
