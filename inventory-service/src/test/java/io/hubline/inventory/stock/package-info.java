/// Tests of what stock does at once.
@NullMarked
package io.hubline.inventory.stock;

import org.jspecify.annotations.NullMarked;
