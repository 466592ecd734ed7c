/// What is kept of announced numbers.
@NullMarked
package io.hubline.inventory.availability.persistence;

import org.jspecify.annotations.NullMarked;
