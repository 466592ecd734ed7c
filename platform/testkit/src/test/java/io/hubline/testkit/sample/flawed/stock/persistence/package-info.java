/// A row with a wrong name.
@NullMarked
package io.hubline.testkit.sample.flawed.stock.persistence;

import org.jspecify.annotations.NullMarked;
