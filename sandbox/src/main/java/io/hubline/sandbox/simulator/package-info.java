/// One process for all simulated channels. `Simulator` is its HTTP server: it mounts `Channel`s side by
/// side, guards their control calls and turns what they throw into answers. `Answers` reads and writes
/// bodies. What a channel's paths mean is the channel's own business; the process itself is put together in
/// `simulator.process`.
@NullMarked
package io.hubline.sandbox.simulator;

import org.jspecify.annotations.NullMarked;
