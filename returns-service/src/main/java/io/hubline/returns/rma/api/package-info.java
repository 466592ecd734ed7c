/// Returns over HTTP.
@NullMarked
package io.hubline.returns.rma.api;

import org.jspecify.annotations.NullMarked;
