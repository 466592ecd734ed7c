/// Shows the order book by HTTP.
@NullMarked
package io.hubline.order.book.api;

import org.jspecify.annotations.NullMarked;
