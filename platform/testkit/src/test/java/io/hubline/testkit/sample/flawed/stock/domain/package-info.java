/// A rule that reaches out.
@NullMarked
package io.hubline.testkit.sample.flawed.stock.domain;

import org.jspecify.annotations.NullMarked;
