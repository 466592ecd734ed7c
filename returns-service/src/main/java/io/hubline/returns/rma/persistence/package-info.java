/// Keeps returns, and the copy of what was sold, in PostgreSQL.
@NullMarked
package io.hubline.returns.rma.persistence;

import org.jspecify.annotations.NullMarked;
