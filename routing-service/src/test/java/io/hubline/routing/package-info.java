/// Tests of the service as a whole.
@NullMarked
package io.hubline.routing;

import org.jspecify.annotations.NullMarked;
