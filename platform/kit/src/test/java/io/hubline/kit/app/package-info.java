/// The smallest service that uses the whole kit: it tells, and notes what it is told.
@NullMarked
package io.hubline.kit.app;

import org.jspecify.annotations.NullMarked;
