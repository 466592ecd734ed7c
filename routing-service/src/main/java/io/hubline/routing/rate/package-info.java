/// Rates: what a parcel costs from a location to a destination. Rules as data, kept as they are written, so
/// there is no `domain` here.
///
/// All rates are in one currency, that of the first: plans are compared by cost, and costs of two
/// currencies cannot be compared without an exchange rate, which routing does not have.
@NullMarked
package io.hubline.routing.rate;

import org.jspecify.annotations.NullMarked;
