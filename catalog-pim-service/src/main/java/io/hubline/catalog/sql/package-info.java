/// Plain SQL, one statement at a time.
@NullMarked
package io.hubline.catalog.sql;

import org.jspecify.annotations.NullMarked;
