/// Tests of the use cases, over real parts.
@NullMarked
package io.hubline.catalog.offer;

import org.jspecify.annotations.NullMarked;
