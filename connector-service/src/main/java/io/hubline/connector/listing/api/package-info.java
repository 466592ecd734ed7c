/// What the channels say to the catalogue's content.
@NullMarked
package io.hubline.connector.listing.api;

import org.jspecify.annotations.NullMarked;
