/// The two books over HTTP: units in and out, and everything to look up.
@NullMarked
package io.hubline.inventory.stock.api;

import org.jspecify.annotations.NullMarked;
