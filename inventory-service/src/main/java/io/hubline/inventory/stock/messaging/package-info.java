/// What other services tell the two books.
@NullMarked
package io.hubline.inventory.stock.messaging;

import org.jspecify.annotations.NullMarked;
