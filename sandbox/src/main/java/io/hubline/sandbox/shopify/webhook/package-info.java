/// How a shop tells its subscribers: signed bodies, at least once, in no order, and on request worse than
/// that.
///
/// A *message* is one event for one subscription and keeps its webhook id; a *delivery* is one HTTP request
/// of it.
@NullMarked
package io.hubline.sandbox.shopify.webhook;

import org.jspecify.annotations.NullMarked;
