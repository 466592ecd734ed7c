/// Tests of the use cases, over real parts.
@NullMarked
package io.hubline.routing.plan;

import org.jspecify.annotations.NullMarked;
