/// The two books in PostgreSQL, in plain SQL: a decision on a whole batch is read and written by a handful
/// of statements.
@NullMarked
package io.hubline.inventory.stock.persistence;

import org.jspecify.annotations.NullMarked;
