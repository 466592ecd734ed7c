/// The index page over stand-ins for the services, and in a real browser.
@NullMarked
package io.hubline.sandbox.console;

import org.jspecify.annotations.NullMarked;
