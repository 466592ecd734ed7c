/// Tests of `kit.personal`.
@NullMarked
package io.hubline.kit.personal;

import org.jspecify.annotations.NullMarked;
