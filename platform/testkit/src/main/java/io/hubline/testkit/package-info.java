/// What every module's tests need and none should write twice.
///
/// - [io.hubline.testkit.InfrastructureResource]: real PostgreSQL, Kafka and Redis, started once per build
///   and empty at every start of a service under test;
/// - [io.hubline.testkit.Tokens]: requests made as somebody with certain roles;
/// - [io.hubline.testkit.KafkaProbe]: records put on topics and read from them;
/// - [io.hubline.testkit.ArchitectureRules]: the structure every service keeps.
@NullMarked
package io.hubline.testkit;

import org.jspecify.annotations.NullMarked;
