/// Rates over HTTP.
@NullMarked
package io.hubline.routing.rate.api;

import org.jspecify.annotations.NullMarked;
