/// Tests of the service as a whole.
@NullMarked
package io.hubline.returns.rma.domain;

import org.jspecify.annotations.NullMarked;
