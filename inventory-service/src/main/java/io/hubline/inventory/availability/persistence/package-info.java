/// Offers, their sales and their limits in PostgreSQL, in plain SQL over whole batches.
@NullMarked
package io.hubline.inventory.availability.persistence;

import org.jspecify.annotations.NullMarked;
