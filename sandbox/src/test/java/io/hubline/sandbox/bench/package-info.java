@NullMarked
package io.hubline.sandbox.bench;

import org.jspecify.annotations.NullMarked;
