/// Tests.
@NullMarked
package io.hubline.inventory.stock.domain;

import org.jspecify.annotations.NullMarked;
