package io.hubline.kit.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.contracts.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.Test;

class ContractsReflectionTest {

    @Test
    void every_record_of_the_contracts_is_kept_in_a_native_image() throws Exception {
        Set<String> kept = Arrays.stream(ContractsReflection.class
                        .getAnnotation(RegisterForReflection.class)
                        .targets())
                .map(Class::getName)
                .collect(Collectors.toSet());

        assertThat(records()).isNotEmpty().allSatisfy(record -> assertThat(kept).contains(record));
    }

    /// By the outermost class: what is nested is kept with it. Topics are never written.
    private static Set<String> records() throws IOException {
        Set<String> records = new TreeSet<>();
        List<URL> indexes = Collections.list(Event.class.getClassLoader().getResources("META-INF/jandex.idx"));
        for (URL url : indexes) {
            try (InputStream index = url.openStream()) {
                new IndexReader(index)
                        .read().getKnownClasses().stream()
                                .filter(type -> type.isRecord() || type.isEnum())
                                .map(type -> type.name().toString())
                                .filter(name -> name.startsWith("io.hubline.contracts."))
                                .map(name -> name.split("\\$", 2)[0])
                                .filter(name -> !name.equals("io.hubline.contracts.Topic"))
                                .forEach(records::add);
            }
        }
        return records;
    }
}
