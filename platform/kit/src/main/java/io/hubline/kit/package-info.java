/// How every Hubline service talks to its database, its broker and its callers. No business word lives
/// here.
///
/// The **outbox** lets an event leave if and only if its change committed; the **inbox** lets an event's
/// effect happen once. A **problem** is what an HTTP caller is told. **Sealed** data is personal data under
/// encryption.
@NullMarked
package io.hubline.kit;

import org.jspecify.annotations.NullMarked;
