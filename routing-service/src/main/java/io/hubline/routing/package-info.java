/// Routing: which location ships what of an order, and why.
///
/// It plans an order when nothing holds it and every unit of it is promised, announces the plan, and waits
/// for the stock ledger's answer. Stock here is a copy that lags; the ledger alone decides whether a plan
/// holds, and a refusal leads to the next plan.
@NullMarked
package io.hubline.routing;

import org.jspecify.annotations.NullMarked;
