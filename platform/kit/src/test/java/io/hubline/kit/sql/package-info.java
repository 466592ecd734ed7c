/// Tests of `kit.sql`.
@NullMarked
package io.hubline.kit.sql;

import org.jspecify.annotations.NullMarked;
