/// Sheets over HTTP.
@NullMarked
package io.hubline.catalog.sheet.api;

import org.jspecify.annotations.NullMarked;
