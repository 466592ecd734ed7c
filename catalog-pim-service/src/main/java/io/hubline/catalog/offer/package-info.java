/// Offers: which SKU is sold as which entry of which channel.
///
/// The seller may point an offer to another SKU at any time; it is announced like any other change, and it
/// counts for orders that come after it. All changes of one account happen one after the other, because an
/// offer's rights (its channel SKU, its variant) are rights against all other offers of the account.
@NullMarked
package io.hubline.catalog.offer;

import org.jspecify.annotations.NullMarked;
