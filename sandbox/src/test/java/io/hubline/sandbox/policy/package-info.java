@NullMarked
package io.hubline.sandbox.policy;

import org.jspecify.annotations.NullMarked;
