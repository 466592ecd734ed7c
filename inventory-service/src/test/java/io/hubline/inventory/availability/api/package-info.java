/// Settings and explanations over HTTP.
@NullMarked
package io.hubline.inventory.availability.api;

import org.jspecify.annotations.NullMarked;
