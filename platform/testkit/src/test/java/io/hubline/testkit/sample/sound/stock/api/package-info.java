/// HTTP in.
@NullMarked
package io.hubline.testkit.sample.sound.stock.api;

import org.jspecify.annotations.NullMarked;
