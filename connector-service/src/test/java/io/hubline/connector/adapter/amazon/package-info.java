/// Amazon, against a stub and own fixtures.
@NullMarked
package io.hubline.connector.adapter.amazon;

import org.jspecify.annotations.NullMarked;
