/// Tests of `kit.inbox`.
@NullMarked
package io.hubline.kit.inbox;

import org.jspecify.annotations.NullMarked;
