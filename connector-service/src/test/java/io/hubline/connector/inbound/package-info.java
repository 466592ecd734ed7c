@NullMarked
package io.hubline.connector.inbound;

import org.jspecify.annotations.NullMarked;
