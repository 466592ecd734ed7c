/// What a channel is told once: that a parcel left, that the seller called an order off, that a buyer gets
/// money back, what the seller says to a return.
///
/// An **act** is a task with a key. One that timed out is **unknown**: the adapter looks at the channel
/// before it tells again. The acts of one order are done one after the other.
@NullMarked
package io.hubline.connector.act;

import org.jspecify.annotations.NullMarked;
