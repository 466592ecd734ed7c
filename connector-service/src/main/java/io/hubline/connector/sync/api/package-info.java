/// Is everything in sync right now, and if not, why.
@NullMarked
package io.hubline.connector.sync.api;

import org.jspecify.annotations.NullMarked;
