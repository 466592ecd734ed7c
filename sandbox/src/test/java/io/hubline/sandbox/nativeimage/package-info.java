/// Finds out, without a native compiler, what a native image would miss.
///
/// A native image knows only the reflection it was told of at build time. So an agent notes every class of
/// ours whose members the running services look up after their start-up code, which a native image runs at
/// build time, and that is compared with what the packaged native sources register.
@NullMarked
package io.hubline.sandbox.nativeimage;

import org.jspecify.annotations.NullMarked;
