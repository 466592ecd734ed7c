/// Amazon, by the Selling Partner API.
///
/// Settings of an account: `base-url` (of the region), `token-url` (of Login with Amazon), `client-id`,
/// `client-secret`, `refresh-token`, `seller-id`, `marketplace-id`. Where they are left out: `currency` and
/// `language` (of the marketplace), `rate.<operation>` such as `0.0056/20` (calls per second and burst, as
/// Amazon granted them), `look-after` (`PT30S`: when a number that was taken is looked for),
/// `visibility-allowance` (`PT3M`: what a change may take to be listed).
///
/// Ids: an order's external id is Amazon's (3-7-7), a line's the order item id. An offer is known by its
/// SKU only: one page (ASIN) may carry several offers of one seller, so the ASIN is a page's id and never a
/// variant's.
///
/// Numbers are absolute and taken unseen. Orders are polled, for Amazon calls nobody; a listing carries
/// them whole. There is no call to cancel or to pay back: both are files that Amazon works through, and are
/// settled when the order and the books show them.
@NullMarked
package io.hubline.connector.adapter.amazon;

import org.jspecify.annotations.NullMarked;
