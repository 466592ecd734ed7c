/// Webhooks in, and the stored messages for a person to look at.
@NullMarked
package io.hubline.connector.inbound.api;

import org.jspecify.annotations.NullMarked;
