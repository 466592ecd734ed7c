/// The order process: what every word of a channel, of inventory, of routing, of a warehouse or of a person
/// makes of an order.
///
/// The decision is one pure function (`domain.OrderMachine`). The services here lock the order, ask that
/// function, keep its answer, announce it and write the audit row, all in one transaction. `OrderIntake`
/// takes what the channel and the catalogue say, `OrderFulfilment` what inventory, routing and warehouses
/// say, `OrderDesk` what a person decides.
@NullMarked
package io.hubline.order.process;

import org.jspecify.annotations.NullMarked;
