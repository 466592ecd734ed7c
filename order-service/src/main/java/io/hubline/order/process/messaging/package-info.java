/// Reads what the channels, inventory and routing announce.
@NullMarked
package io.hubline.order.process.messaging;

import org.jspecify.annotations.NullMarked;
