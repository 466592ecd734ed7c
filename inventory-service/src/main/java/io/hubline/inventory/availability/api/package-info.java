/// Availability over HTTP: what each offer should show, and why.
@NullMarked
package io.hubline.inventory.availability.api;

import org.jspecify.annotations.NullMarked;
