/// Tests of the rules of products.
@NullMarked
package io.hubline.catalog.product.domain;

import org.jspecify.annotations.NullMarked;
