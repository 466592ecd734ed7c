/// What routing announces: which location ships what, and why.
@NullMarked
package io.hubline.contracts.routing;

import org.jspecify.annotations.NullMarked;
