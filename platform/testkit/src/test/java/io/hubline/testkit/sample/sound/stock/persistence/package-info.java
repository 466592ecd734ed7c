/// Tables.
@NullMarked
package io.hubline.testkit.sample.sound.stock.persistence;

import org.jspecify.annotations.NullMarked;
