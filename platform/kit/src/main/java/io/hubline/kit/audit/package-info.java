/// Who changed what, when, from what to what; in the transaction of the change and without personal data.
@NullMarked
package io.hubline.kit.audit;

import org.jspecify.annotations.NullMarked;
