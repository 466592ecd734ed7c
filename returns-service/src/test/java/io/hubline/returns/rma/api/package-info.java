/// Tests of the service as a whole.
@NullMarked
package io.hubline.returns.rma.api;

import org.jspecify.annotations.NullMarked;
