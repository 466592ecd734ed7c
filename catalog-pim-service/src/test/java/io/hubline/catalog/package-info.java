/// Tests of the service as a whole.
@NullMarked
package io.hubline.catalog;

import org.jspecify.annotations.NullMarked;
