/// What the connector announces: orders as a channel shows them, and how far each channel is in sync.
@NullMarked
package io.hubline.contracts.connector;

import org.jspecify.annotations.NullMarked;
