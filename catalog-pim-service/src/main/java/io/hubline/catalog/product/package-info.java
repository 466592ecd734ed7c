/// Products and their variants: what the seller sells, before any channel has a say in it.
///
/// A **product** is what buyers see on one page; a **variant** is what they can buy of it and has a SKU.
/// Every change raises the product's version, so that nobody overwrites what he has not seen. Whatever
/// sells a SKU on a channel hears of the change in the same transaction ([ProductsChanged]).
///
/// Locks are taken in one order: accounts (by offers), product ids, SKUs, offers. SKUs are held by both
/// sides, so that an offer made while its product changes is composed of the newest product.
@NullMarked
package io.hubline.catalog.product;

import org.jspecify.annotations.NullMarked;
