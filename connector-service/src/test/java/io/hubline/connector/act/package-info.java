@NullMarked
package io.hubline.connector.act;

import org.jspecify.annotations.NullMarked;
