/// Products over HTTP.
@NullMarked
package io.hubline.catalog.product.api;

import org.jspecify.annotations.NullMarked;
