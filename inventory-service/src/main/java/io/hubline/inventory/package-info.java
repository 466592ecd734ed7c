/// Inventory: the stock ledger, the promises made on it, and what each channel should show.
///
/// The **physical book** says what lies where; the **promise book** says what is promised to whom. A
/// **pool** is a set of locations whose units are promised together. An **offer** is one sellable entry at
/// a channel.
@NullMarked
package io.hubline.inventory;

import org.jspecify.annotations.NullMarked;
