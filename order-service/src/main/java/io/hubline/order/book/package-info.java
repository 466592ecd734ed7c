/// The order book to look at: orders, their history, their holds, what is to be picked where, and, for
/// those who may, who gets the parcel. It only reads what `process` writes.
@NullMarked
package io.hubline.order.book;

import org.jspecify.annotations.NullMarked;
