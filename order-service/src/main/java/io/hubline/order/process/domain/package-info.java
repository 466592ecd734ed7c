/// The order process as one pure function, `OrderMachine`: from (order, input) to (order, announcements).
///
/// An **input** is something that became known: a snapshot of the channel, a promise, a route, a parcel, a
/// decision of a person. An **announcement** is what the others are to be told; each raises the version by
/// one. A **stage** is what the order waits for; it follows from the rest of the order and is never set by
/// hand. A **hold** is something that must be decided first; most are placed and lifted by the facts alone.
@NullMarked
package io.hubline.order.process.domain;

import org.jspecify.annotations.NullMarked;
