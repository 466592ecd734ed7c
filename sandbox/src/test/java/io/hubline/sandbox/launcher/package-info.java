/// The launcher with real infrastructure, and stand-ins where the services would be.
@NullMarked
package io.hubline.sandbox.launcher;

import org.jspecify.annotations.NullMarked;
