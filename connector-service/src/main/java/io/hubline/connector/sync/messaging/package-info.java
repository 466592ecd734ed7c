/// What the other services want shown.
@NullMarked
package io.hubline.connector.sync.messaging;

import org.jspecify.annotations.NullMarked;
