/// Returns (RMAs): the use cases. People work through [ReturnDesk], events through [ReturnIntake]; both
/// change a return under the lock of its order, and announce it in the same transaction.
@NullMarked
package io.hubline.returns.rma;

import org.jspecify.annotations.NullMarked;
