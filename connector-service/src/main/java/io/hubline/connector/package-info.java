/// Everything that speaks to an outside system. Webhooks are hints and polls are the truth; what should
/// stand at a channel is a level to reach, not a queue to drain.
///
/// An **adapter** speaks to one kind of system, behind the ports of `spi`. An **inbound message** is what a
/// channel told us. A **sync target** is one number that should stand at a channel. An **act** is something
/// a channel is told once.
@NullMarked
package io.hubline.connector;

import org.jspecify.annotations.NullMarked;
