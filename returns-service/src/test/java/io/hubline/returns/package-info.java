/// Tests of the service as a whole.
@NullMarked
package io.hubline.returns;

import org.jspecify.annotations.NullMarked;
