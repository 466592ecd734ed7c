/// `./hub bench NAME`: measurements, each with a baseline of the same run.
@NullMarked
package io.hubline.sandbox.bench;

import org.jspecify.annotations.NullMarked;
