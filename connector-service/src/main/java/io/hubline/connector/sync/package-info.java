/// One number per offer that should stand at a channel, and what it takes to make it stand there.
///
/// A **target** holds what is desired, what is in flight, what was acknowledged and what was observed. Its
/// **base** is what stands at the channel as far as the hub knows, counted as of a number of booked units;
/// what should stand there now is the **booked expectation**. A target is **suspect** when the channel
/// contradicted the expectation, until all sales are booked and a look tells whether the number was changed
/// behind the hub's back.
@NullMarked
package io.hubline.connector.sync;

import org.jspecify.annotations.NullMarked;
