/// Tests of products, over real parts.
@NullMarked
package io.hubline.catalog.product;

import org.jspecify.annotations.NullMarked;
