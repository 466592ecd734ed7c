/// What the channels tell us: stored raw before it is answered, then looked up in full, then announced.
///
/// A webhook says what to look at; a poll finds what no webhook said. Both become an **inbound message**
/// that names an order; the worker fetches each named order once, however many messages name it, and
/// announces it if it changed.
@NullMarked
package io.hubline.connector.inbound;

import org.jspecify.annotations.NullMarked;
