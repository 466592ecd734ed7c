package io.hubline.kit.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/// The one setting of JSON: ISO-8601 times, unknown fields ignored, nulls left out, whole numbers only
/// where whole numbers are read.
///
/// Unknown fields are ignored because an additive change of an event keeps its name: a reader of yesterday
/// must read the record of tomorrow.
@Singleton
public final class Json implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // Half a unit is no unit: what is no whole number is refused, and not cut.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    }

    /// A mapper set like the injected one, for tests and for code outside the container.
    public static ObjectMapper mapper() {
        ObjectMapper mapper =
                new ObjectMapper().registerModules(new JavaTimeModule(), new Jdk8Module(), new ParameterNamesModule());
        new Json().customize(mapper);
        return mapper;
    }
}
