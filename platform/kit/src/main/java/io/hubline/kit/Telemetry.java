package io.hubline.kit;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Decides which traces are recorded.
///
/// Without an address to export to none is, whatever a caller asks for, because the exporter would try a
/// default address for ever. Their ids are made and passed on all the same, over HTTP and Kafka, and stand
/// in the logs.
class Telemetry {

    @Produces
    @Singleton
    Sampler sampler(
            @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint") Optional<String> endpoint,
            @ConfigProperty(name = "hubline.traces.ratio", defaultValue = "1.0") double ratio) {
        return endpoint.isEmpty() ? Sampler.alwaysOff() : Sampler.parentBased(Sampler.traceIdRatioBased(ratio));
    }
}
