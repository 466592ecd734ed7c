@NullMarked
package io.hubline.connector.adapter.shopify;

import org.jspecify.annotations.NullMarked;
