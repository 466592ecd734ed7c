/// What an HTTP caller is told: problems (RFC 9457) for whatever did not work, pages for whatever is a
/// list.
@NullMarked
package io.hubline.kit.web;

import org.jspecify.annotations.NullMarked;
