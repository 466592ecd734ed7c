/// What the books should do, said a second time and as simply as possible, to compare them with.
///
/// Nothing in here uses a type of the service. A **command** is what somebody asks; the **model** answers
/// it with maps and sums that it counts anew each time; a **scenario** draws commands from a seed.
@NullMarked
package io.hubline.inventory.stock.model;

import org.jspecify.annotations.NullMarked;
