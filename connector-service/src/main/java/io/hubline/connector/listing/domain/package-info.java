/// Listings and pages, and how far they are.
@NullMarked
package io.hubline.connector.listing.domain;

import org.jspecify.annotations.NullMarked;
