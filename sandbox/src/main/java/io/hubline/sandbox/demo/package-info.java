/// The main job on real parts, from nothing to a verdict: seed, trade, break, settle, compare.
///
/// Nothing in here asks the hub whether the hub is right. The verdict comes from outside: from the
/// databases, from the topics, and from the tally that the simulated shops kept on their own.
@NullMarked
package io.hubline.sandbox.demo;

import org.jspecify.annotations.NullMarked;
