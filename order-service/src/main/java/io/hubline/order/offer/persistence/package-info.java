/// Keeps the offers in PostgreSQL.
@NullMarked
package io.hubline.order.offer.persistence;

import org.jspecify.annotations.NullMarked;
