/// The Shopify simulator: plays the vendor for the demo and the journeys.
///
/// `ShopifyChannel` serves the token endpoint, the Admin GraphQL API, the buyer calls and the control API
/// of one or more shops. `SimulatorControl` is the client of the control API; `Control` holds the bodies
/// both speak.
@NullMarked
package io.hubline.sandbox.shopify;

import org.jspecify.annotations.NullMarked;
