/// Tests.
@NullMarked
package io.hubline.inventory.availability.domain;

import org.jspecify.annotations.NullMarked;
