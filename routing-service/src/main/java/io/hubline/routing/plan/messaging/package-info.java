/// What routing hears: orders, promises and stock.
@NullMarked
package io.hubline.routing.plan.messaging;

import org.jspecify.annotations.NullMarked;
