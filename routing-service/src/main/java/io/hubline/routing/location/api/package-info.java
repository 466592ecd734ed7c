/// Locations over HTTP.
@NullMarked
package io.hubline.routing.location.api;

import org.jspecify.annotations.NullMarked;
