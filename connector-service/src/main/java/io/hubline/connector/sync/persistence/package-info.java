/// Targets and writes in PostgreSQL.
@NullMarked
package io.hubline.connector.sync.persistence;

import org.jspecify.annotations.NullMarked;
