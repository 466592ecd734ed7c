/// The rules of the two books, with the JDK alone.
///
/// A **position** is what lies of one SKU at one location; a **pool position** what lies and is promised of
/// one SKU in one pool. A **promise** is what one order is promised, a **reservation** one line of it:
/// every wanted unit is in exactly one place, held, backordered, allocated or shipped. A **decision** is
/// what a batch of requests changes.
@NullMarked
package io.hubline.inventory.stock.domain;

import org.jspecify.annotations.NullMarked;
