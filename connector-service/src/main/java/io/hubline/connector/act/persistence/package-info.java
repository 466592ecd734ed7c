/// Acts in PostgreSQL.
@NullMarked
package io.hubline.connector.act.persistence;

import org.jspecify.annotations.NullMarked;
