/// What the order book and the returns service decided.
@NullMarked
package io.hubline.connector.act.messaging;

import org.jspecify.annotations.NullMarked;
