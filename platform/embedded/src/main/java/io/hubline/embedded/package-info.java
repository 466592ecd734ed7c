/// Real PostgreSQL, Kafka and Redis on one machine, without Docker and without an installed server.
///
/// [io.hubline.embedded.Infrastructure] starts a *daemon*: one process with Kafka inside and PostgreSQL and
/// Redis as its children. Tests and `./hub` use the same daemon with the same durable settings, so what
/// holds in one holds in the other. Only the daemon's own process sees the broker's jars; its users see the
/// JDK and jose4j. *Home* is the folder that holds one daemon's data, logs and passwords; *binaries* is a
/// folder of unpacked servers, shared by all homes.
@NullMarked
package io.hubline.embedded;

import org.jspecify.annotations.NullMarked;
