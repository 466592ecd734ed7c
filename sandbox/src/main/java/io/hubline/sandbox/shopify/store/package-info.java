/// What a simulated shop is and how it behaves: catalogue, shown stock, orders, fulfillments,
/// cancellations.
///
/// Nothing here knows HTTP, GraphQL or webhooks. A `Shop` is guarded by its own lock; records handed out
/// are snapshots. "Available" is the number buyers see, "committed" is what unfulfilled orders hold, and
/// "on hand" is their sum, as at the vendor.
@NullMarked
package io.hubline.sandbox.shopify.store;

import org.jspecify.annotations.NullMarked;
