@NullMarked
package io.hubline.connector.listing;

import org.jspecify.annotations.NullMarked;
