/// The catalogue: what the seller sells, and as what it stands on each channel. So far it holds the offers
/// only.
///
/// An **offer** is one sellable entry at a channel. Which SKU it sells is decided here and nowhere else;
/// the order
/// book reads it to know what was bought, the stock ledger to know whose number falls, the connector to
/// know what
/// to write at the channel.
@NullMarked
package io.hubline.catalog;

import org.jspecify.annotations.NullMarked;
