/// Listings in PostgreSQL.
@NullMarked
package io.hubline.connector.listing.persistence;

import org.jspecify.annotations.NullMarked;
