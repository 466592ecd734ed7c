/// Tests.
@NullMarked
package io.hubline.inventory.availability.messaging;

import org.jspecify.annotations.NullMarked;
