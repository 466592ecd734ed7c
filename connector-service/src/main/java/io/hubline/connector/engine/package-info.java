/// What keeps the connector going: one loop per account and kind of work, woken by news and by a timer.
///
/// The timer is there because a wake dies with its process; whatever waits is a row, and is found by
/// looking.
@NullMarked
package io.hubline.connector.engine;

import org.jspecify.annotations.NullMarked;
