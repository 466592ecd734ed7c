/// Tests of `kit.outbox`.
@NullMarked
package io.hubline.kit.outbox;

import org.jspecify.annotations.NullMarked;
