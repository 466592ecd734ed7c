/// Tests of the kit.
@NullMarked
package io.hubline.kit;

import org.jspecify.annotations.NullMarked;
