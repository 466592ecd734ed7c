/// The hub on one machine: every service a process of its own, as in production, started and stopped as
/// one.
///
/// A *part* is one process (the infrastructure, a service, the simulator). The *supervisor* starts parts,
/// watches them and stops them in reverse order. What it must remember lies under `.hub/`: data, keys,
/// configuration, logs and the numbers of running processes, so that another terminal can ask and stop, and
/// a later start can clear what a crash left.
@NullMarked
package io.hubline.sandbox.launcher;

import org.jspecify.annotations.NullMarked;
