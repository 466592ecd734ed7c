/// How channels answered, as the connector tells it.
@NullMarked
package io.hubline.catalog.offer.messaging;

import org.jspecify.annotations.NullMarked;
