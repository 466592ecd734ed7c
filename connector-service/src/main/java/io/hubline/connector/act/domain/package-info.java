/// The acts, and how far they are.
@NullMarked
package io.hubline.connector.act.domain;

import org.jspecify.annotations.NullMarked;
