/// Locations: where stock lies and parcels leave. They are kept as they are written, so there is no
/// `domain` here.
///
/// Every change raises the revision, by which orders that found no plan notice that there is something new
/// to try.
@NullMarked
package io.hubline.routing.location;

import org.jspecify.annotations.NullMarked;
