/// What a simulated seller account remembers: listings with their numbers, orders and their parcels, feeds,
/// and the money postings that follow. `Seller` owns all of it behind one lock; time passes inside it only
/// when it is looked at, in the order of what was due.
@NullMarked
package io.hubline.sandbox.amazon.store;

import org.jspecify.annotations.NullMarked;
