/// Keeps orders in PostgreSQL.
@NullMarked
package io.hubline.order.process.persistence;

import org.jspecify.annotations.NullMarked;
