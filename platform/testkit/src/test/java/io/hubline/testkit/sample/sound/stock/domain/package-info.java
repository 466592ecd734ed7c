/// Rules, with the JDK alone.
@NullMarked
package io.hubline.testkit.sample.sound.stock.domain;

import org.jspecify.annotations.NullMarked;
