/// The order book and the order process: one order per external order, from the first snapshot to the last
/// parcel.
///
/// `process` decides what happens to an order, `book` answers what is known about orders and what is to be
/// picked, and `offer` knows what the channels call the seller's SKUs.
@NullMarked
package io.hubline.order;

import org.jspecify.annotations.NullMarked;
