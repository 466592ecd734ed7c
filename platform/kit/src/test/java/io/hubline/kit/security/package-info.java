/// Who may do what.
@NullMarked
package io.hubline.kit.security;

import org.jspecify.annotations.NullMarked;
