/// The vendor's operations, as strict as its published models: what is asked is read here, refused with the
/// vendor's error list when it does not fit, carried out on the account and shown in the vendor's shape.
/// `SellingPartnerApi` finds the operation for a path; everything that is the same for all of them (tokens,
/// quotas, injected faults, the journal) lies with the edge that calls it.
@NullMarked
package io.hubline.sandbox.amazon.api;

import org.jspecify.annotations.NullMarked;
