/// Plain SQL for both features: few statements over whole batches, where an entity at a time would be too
/// slow.
@NullMarked
package io.hubline.returns.sql;

import org.jspecify.annotations.NullMarked;
