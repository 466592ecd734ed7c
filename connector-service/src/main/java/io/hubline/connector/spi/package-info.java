/// All that an adapter sees of the connector: its ports, what they are given and what they answer.
///
/// An adapter is a CDI bean that implements the ports its channel has. It is found by [Adapter#name], so
/// adding one touches no other file. It translates and transports; retry, pace, order and memory belong to
/// the caller.
@NullMarked
package io.hubline.connector.spi;

import org.jspecify.annotations.NullMarked;
