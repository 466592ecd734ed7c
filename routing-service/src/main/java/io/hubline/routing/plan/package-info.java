/// Plans: which locations ship an order, why, and what became of earlier plans of it.
///
/// A **demand** is what is promised and lies at no location yet. A **plan** gives each of its units a
/// location. A plan is **outstanding** from its announcement to the ledger's answer; while it is, the order
/// is not planned again, and its units are **claimed**: other orders are planned as if they were gone.
@NullMarked
package io.hubline.routing.plan;

import org.jspecify.annotations.NullMarked;
