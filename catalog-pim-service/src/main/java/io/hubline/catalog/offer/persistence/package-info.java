/// Offers in PostgreSQL.
@NullMarked
package io.hubline.catalog.offer.persistence;

import org.jspecify.annotations.NullMarked;
