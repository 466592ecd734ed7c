/// What each offer should show at its channel: a pure function of what can be sold of its SKU and of its
/// limits.
///
/// It is announced in the transaction that changed the books, so no channel is ever told of stock that was
/// not there.
@NullMarked
package io.hubline.inventory.availability;

import org.jspecify.annotations.NullMarked;
