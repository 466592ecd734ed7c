/// Plain SQL over whole batches, and what a failing database means to the one who called it: come back
/// later, try once more, or give up.
@NullMarked
package io.hubline.kit.sql;

import org.jspecify.annotations.NullMarked;
