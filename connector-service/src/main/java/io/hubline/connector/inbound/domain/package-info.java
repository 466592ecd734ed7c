/// The rules of listening: what may be kept, what is new, and what must be remembered.
@NullMarked
package io.hubline.connector.inbound.domain;

import org.jspecify.annotations.NullMarked;
