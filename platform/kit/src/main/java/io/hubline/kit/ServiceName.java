package io.hubline.kit;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The name of this service as it stands in topics, groups and event sources, such as `order`.
///
/// It is `hubline.service` where that is set, and otherwise the application's name without `-service`.
@Singleton
public final class ServiceName {

    private static final String SUFFIX = "-service";

    private final String text;

    ServiceName(
            @ConfigProperty(name = "hubline.service") Optional<String> named,
            @ConfigProperty(name = "quarkus.application.name") String application) {
        this.text = named.orElseGet(() -> withoutSuffix(application));
    }

    private static String withoutSuffix(String application) {
        return application.endsWith(SUFFIX)
                ? application.substring(0, application.length() - SUFFIX.length())
                : application;
    }

    @Override
    public String toString() {
        return text;
    }
}
