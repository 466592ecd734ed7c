/// Products in PostgreSQL.
@NullMarked
package io.hubline.catalog.product.persistence;

import org.jspecify.annotations.NullMarked;
