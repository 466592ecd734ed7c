/// A feature as it should be: the rules must let it pass.
@NullMarked
package io.hubline.testkit.sample.sound.stock;

import org.jspecify.annotations.NullMarked;
