/// The people around the hub in a demo: buyers who order from simulated shops, and a warehouse that picks
/// and ships what the order book releases. Both speak plain HTTP and neither knows a service's classes.
@NullMarked
package io.hubline.sandbox.trade;

import org.jspecify.annotations.NullMarked;
