/// Personal data under encryption: in events as an envelope, in columns as text.
///
/// Every sealed value names its key and is bound to a **context**, the words that say whose it is. It opens
/// only in the same context, so that a value copied to another row or order is refused.
@NullMarked
package io.hubline.kit.personal;

import org.jspecify.annotations.NullMarked;
