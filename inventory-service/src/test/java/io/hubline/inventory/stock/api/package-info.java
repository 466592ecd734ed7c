/// Tests.
@NullMarked
package io.hubline.inventory.stock.api;

import org.jspecify.annotations.NullMarked;
