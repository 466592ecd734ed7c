/// The index page of a running hub: which parts are well, whether every channel is in sync, what waits for
/// somebody, and where to go from here.
///
/// [Console] serves it, [HubLook] asks the parts, [HubFacts] is what was found, and [IndexPage] writes it
/// as HTML. The page only looks: there is nothing here that changes anything, and no secret ever reaches
/// it.
@NullMarked
package io.hubline.sandbox.console;

import org.jspecify.annotations.NullMarked;
