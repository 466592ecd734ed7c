/// What makes a product sound.
@NullMarked
package io.hubline.catalog.product.domain;

import org.jspecify.annotations.NullMarked;
