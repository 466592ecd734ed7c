/// What is shown of orders, and the port it is asked through.
@NullMarked
package io.hubline.order.book.domain;

import org.jspecify.annotations.NullMarked;
