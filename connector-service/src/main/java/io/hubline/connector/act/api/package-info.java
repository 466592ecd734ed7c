/// The acts, for a person to look at and to try again.
@NullMarked
package io.hubline.connector.act.api;

import org.jspecify.annotations.NullMarked;
