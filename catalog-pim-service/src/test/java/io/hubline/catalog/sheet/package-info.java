/// Tests of sheets, over real parts.
@NullMarked
package io.hubline.catalog.sheet;

import org.jspecify.annotations.NullMarked;
