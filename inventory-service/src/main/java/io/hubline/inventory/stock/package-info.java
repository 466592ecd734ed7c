/// The two books: what lies where, and what is promised to whom.
///
/// They are one feature because they are one decision: a parcel leaves both, a receipt fills what waits in
/// the other, and one lock per pool and SKU guards both. [io.hubline.inventory.stock.domain.Bookkeeper]
/// decides; the services here are the ways to ask it.
@NullMarked
package io.hubline.inventory.stock;

import org.jspecify.annotations.NullMarked;
