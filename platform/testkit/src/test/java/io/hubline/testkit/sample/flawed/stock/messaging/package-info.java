/// A consumer without a transaction and without an inbox.
@NullMarked
package io.hubline.testkit.sample.flawed.stock.messaging;

import org.jspecify.annotations.NullMarked;
