/// Who may do what: the roles that a bearer token carries in its `groups` claim.
@NullMarked
package io.hubline.kit.security;

import org.jspecify.annotations.NullMarked;
