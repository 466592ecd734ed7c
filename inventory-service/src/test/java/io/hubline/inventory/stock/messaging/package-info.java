/// Tests.
@NullMarked
package io.hubline.inventory.stock.messaging;

import org.jspecify.annotations.NullMarked;
