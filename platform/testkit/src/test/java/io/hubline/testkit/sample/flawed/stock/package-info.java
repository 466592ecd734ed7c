/// A feature with one flaw per rule: the rules must find each of them.
@NullMarked
package io.hubline.testkit.sample.flawed.stock;

import org.jspecify.annotations.NullMarked;
