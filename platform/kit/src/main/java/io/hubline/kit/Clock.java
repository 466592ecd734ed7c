package io.hubline.kit;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Hands time in, so that a test can hand in another: a bean of type [InstantSource] in a service replaces
/// this one.
class Clock {

    @Produces
    @Singleton
    @DefaultBean
    InstantSource systemTime() {
        return InstantSource.system();
    }
}
