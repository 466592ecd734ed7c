/// Reads the state topic `listings`.
@NullMarked
package io.hubline.order.offer.messaging;

import org.jspecify.annotations.NullMarked;
