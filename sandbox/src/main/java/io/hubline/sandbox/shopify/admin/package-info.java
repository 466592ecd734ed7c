/// The Admin GraphQL API of a simulated shop, version 2026-10: access tokens, query cost and its bucket,
/// idempotency keys, and the schema subset with its rules.
///
/// It never forgives: a request the vendor would refuse is refused, in the vendor's shape.
@NullMarked
package io.hubline.sandbox.shopify.admin;

import org.jspecify.annotations.NullMarked;
