/// What the order book decided.
@NullMarked
package io.hubline.connector.act.messaging;

import org.jspecify.annotations.NullMarked;
