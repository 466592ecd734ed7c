/// The search for the offer that a line of an order was sold through.
@NullMarked
package io.hubline.order.offer.domain;

import org.jspecify.annotations.NullMarked;
