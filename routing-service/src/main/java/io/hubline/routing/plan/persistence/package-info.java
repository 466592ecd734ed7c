/// Orders, announcements and the copy of stock in PostgreSQL, in plain SQL: every event reads and writes
/// one row of each, and what a row holds is read and written as a whole.
@NullMarked
package io.hubline.routing.plan.persistence;

import org.jspecify.annotations.NullMarked;
