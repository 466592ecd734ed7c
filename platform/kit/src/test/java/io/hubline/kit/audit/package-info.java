/// Tests of `kit.audit`.
@NullMarked
package io.hubline.kit.audit;

import org.jspecify.annotations.NullMarked;
