/// What the channels call the seller's SKUs: a read model of `listings`, applied by sequence.
///
/// An order line names a variant, a SKU text and sometimes a place of the channel; a **match** says whose
/// stock that is and which offer sold it. It has no rules beyond the search, which is one pure function in
/// `domain`.
@NullMarked
package io.hubline.order.offer;

import org.jspecify.annotations.NullMarked;
