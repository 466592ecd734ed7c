/// The Amazon simulator: plays the Selling Partner API for the demo and the journeys.
///
/// `AmazonChannel` is mounted in the simulator's process. It serves the token endpoint, the operations of
/// `api`, the pre-signed documents, the buyer calls and the control API of one or more seller accounts.
/// `AmazonControl` is the client of the control API; `Selling` holds the bodies both speak.
@NullMarked
package io.hubline.sandbox.amazon;

import org.jspecify.annotations.NullMarked;
