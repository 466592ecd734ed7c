/// A resource that is open to everybody.
@NullMarked
package io.hubline.testkit.sample.flawed.stock.api;

import org.jspecify.annotations.NullMarked;
