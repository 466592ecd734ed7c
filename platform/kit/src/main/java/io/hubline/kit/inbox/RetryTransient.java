package io.hubline.kit.inbox;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tries a consumer's method again when it failed for a reason that passes. It stands on the class or on
/// the `@Incoming` method, beside `@Transactional`, and goes around it: every try has a transaction of its
/// own.
///
/// - The database is away: tried until it is back, however long that takes. Giving up would make a dead
///   letter of every event of an outage. The channel stands still meanwhile, its partitions are paused,
///   nothing is acknowledged; the lag shows it.
/// - A deadlock, a lost race, a lock that took too long: tried a few times with growing pauses, then given
///   up.
/// - Anything else is given up at once, and becomes a dead letter with its reason.
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RetryTransient {}
