/// What the order book and the channels say.
@NullMarked
package io.hubline.returns.rma.messaging;

import org.jspecify.annotations.NullMarked;
