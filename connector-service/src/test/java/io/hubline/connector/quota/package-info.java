@NullMarked
package io.hubline.connector.quota;

import org.jspecify.annotations.NullMarked;
