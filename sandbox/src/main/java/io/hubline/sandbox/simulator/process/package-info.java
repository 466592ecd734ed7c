/// The simulator as a process: reads its file, opens the channels that it names and listens until stopped.
@NullMarked
package io.hubline.sandbox.simulator.process;

import org.jspecify.annotations.NullMarked;
