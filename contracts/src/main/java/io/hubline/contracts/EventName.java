package io.hubline.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of an event on the wire (`ce_type`), as `noun.verb-past.vN`.
///
/// A name is never reused and never renamed. An additive change keeps it; a breaking one is a new record
/// with a new name, and both are announced until nobody reads the old.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {
    String value();
}
