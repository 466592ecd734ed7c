/// Tests of `kit.deadletter`.
@NullMarked
package io.hubline.kit.deadletter;

import org.jspecify.annotations.NullMarked;
