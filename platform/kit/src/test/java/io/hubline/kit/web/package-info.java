/// Tests of `kit.web`.
@NullMarked
package io.hubline.kit.web;

import org.jspecify.annotations.NullMarked;
