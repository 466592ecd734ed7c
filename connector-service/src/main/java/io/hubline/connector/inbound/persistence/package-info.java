/// Messages, order snapshots and poll positions in PostgreSQL.
@NullMarked
package io.hubline.connector.inbound.persistence;

import org.jspecify.annotations.NullMarked;
