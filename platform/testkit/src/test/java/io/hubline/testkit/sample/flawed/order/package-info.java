/// The other half of a cycle.
@NullMarked
package io.hubline.testkit.sample.flawed.order;

import org.jspecify.annotations.NullMarked;
