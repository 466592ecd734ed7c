/// What the stock ledger announces: promises per order, positions per SKU, and what each channel should
/// show.
@NullMarked
package io.hubline.contracts.inventory;

import org.jspecify.annotations.NullMarked;
