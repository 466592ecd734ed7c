@NullMarked
package io.hubline.connector;

import org.jspecify.annotations.NullMarked;
