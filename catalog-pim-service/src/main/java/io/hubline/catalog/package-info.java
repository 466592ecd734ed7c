/// The catalogue: what the seller sells, and as what it stands on each channel.
///
/// A **product** is what buyers see on one page, a **variant** what they can buy of it, by its SKU. An
/// **offer** is one sellable entry at a channel: which SKU it sells is decided here and nowhere else. The
/// order book reads it to know what was bought, the stock ledger to know whose number falls, the connector
/// to know what to write at the channel. Of a **managed** offer the hub also keeps what buyers read and
/// pay.
@NullMarked
package io.hubline.catalog;

import org.jspecify.annotations.NullMarked;
