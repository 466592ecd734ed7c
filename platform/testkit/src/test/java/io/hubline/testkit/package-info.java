/// The testkit judged by its own measures.
@NullMarked
package io.hubline.testkit;

import org.jspecify.annotations.NullMarked;
