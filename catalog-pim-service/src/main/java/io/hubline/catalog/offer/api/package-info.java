/// Offers over HTTP.
@NullMarked
package io.hubline.catalog.offer.api;

import org.jspecify.annotations.NullMarked;
