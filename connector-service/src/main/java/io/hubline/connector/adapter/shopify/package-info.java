/// Shopify, by the Admin GraphQL API 2026-10.
///
/// Settings of an account: `base-url` (the shop, without a path of the API), `client-id` and
/// `client-secret` (client credentials), `webhook-secret` (and `webhook-secret-...` for others that are
/// good while one is being replaced), `plan` (`standard`, `advanced`, `plus` or `enterprise`: the rate
/// limit), `callback-url` (where the hub is reached; without it no subscription is made), `order-batch`
/// (orders per call).
///
/// The app needs the scopes to read and write products, inventory, orders, merchant-managed fulfillment
/// orders and returns, and to read locations.
///
/// Ids: an order's external id is its number (`legacyResourceId`), which webhooks and people use; every
/// other id is the vendor's global id, such as `gid://shopify/LineItem/1`. All are texts, for a 64-bit id
/// does not survive a double.
@NullMarked
package io.hubline.connector.adapter.shopify;

import org.jspecify.annotations.NullMarked;
