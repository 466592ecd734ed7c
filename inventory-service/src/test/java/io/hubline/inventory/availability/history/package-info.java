/// Whether every number can be explained after a long history: trade that is played through the service's
/// own doors, what the tables say of it by plain SQL, and the arithmetic that should come to the same.
@NullMarked
package io.hubline.inventory.availability.history;

import org.jspecify.annotations.NullMarked;
