/// What the order book announces. Every event carries the whole truth of its order (OrderFacts).
@NullMarked
package io.hubline.contracts.order;

import org.jspecify.annotations.NullMarked;
