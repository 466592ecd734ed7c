/// Tests of `kit.json`.
@NullMarked
package io.hubline.kit.json;

import org.jspecify.annotations.NullMarked;
