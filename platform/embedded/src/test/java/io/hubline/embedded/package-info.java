/// The daemon is tested as it is used: as a process, with real servers, stopped politely and killed.
@NullMarked
package io.hubline.embedded;

import org.jspecify.annotations.NullMarked;
