/// Reads the tables of the order book straight into what is shown.
@NullMarked
package io.hubline.order.book.persistence;

import org.jspecify.annotations.NullMarked;
