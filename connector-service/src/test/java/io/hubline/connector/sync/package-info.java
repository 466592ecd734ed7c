@NullMarked
package io.hubline.connector.sync;

import org.jspecify.annotations.NullMarked;
