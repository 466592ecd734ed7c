/// The rules of reaching a level: what is expected, and what a reading means.
@NullMarked
package io.hubline.connector.sync.domain;

import org.jspecify.annotations.NullMarked;
