/// Whole stories over the packaged services and the simulated channels.
@NullMarked
package io.hubline.sandbox.journey;

import org.jspecify.annotations.NullMarked;
