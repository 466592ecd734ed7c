/// Takes parcels, cancellations and decisions on holds by HTTP.
@NullMarked
package io.hubline.order.process.api;

import org.jspecify.annotations.NullMarked;
