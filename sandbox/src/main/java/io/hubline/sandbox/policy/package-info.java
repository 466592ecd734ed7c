/// Policies of what channels should show, played against one another in virtual time: the same buyers, the
/// same lags, and the decision code of inventory-service itself.
@NullMarked
package io.hubline.sandbox.policy;

import org.jspecify.annotations.NullMarked;
