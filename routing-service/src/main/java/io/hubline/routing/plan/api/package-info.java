/// Plans over HTTP: to ask, never to change.
@NullMarked
package io.hubline.routing.plan.api;

import org.jspecify.annotations.NullMarked;
