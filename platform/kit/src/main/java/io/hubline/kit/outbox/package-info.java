/// Events out: an event leaves if and only if its change committed, at least once, in order per topic and
/// key.
///
/// A **row** is an event that the broker has not acknowledged. The **relay** sends rows and deletes them. A
/// **wave** is what it sends at once: at most one row of each key.
@NullMarked
package io.hubline.kit.outbox;

import org.jspecify.annotations.NullMarked;
