/// Tests of the service as a whole.
@NullMarked
package io.hubline.inventory;

import org.jspecify.annotations.NullMarked;
