/// Events that a consumer of this service could not apply: kept with their reason, listed, replayed or
/// dismissed.
///
/// A consumer's channel puts what it gives up on its dead-letter topic. The **tail** copies that topic into
/// a table, because a topic cannot be listed by reason or have an entry settled. A **replay** sends the
/// record, unchanged and with its id, to the replay topic, which the same consumer reads and nobody else.
@NullMarked
package io.hubline.kit.deadletter;

import org.jspecify.annotations.NullMarked;
