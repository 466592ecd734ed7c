package io.hubline.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.nativeimage.ReflectionAgent;
import io.hubline.sandbox.nativeimage.ReflectionAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: the demo passes over the packaged services with all its faults, and it can fail. Method: the
/// command itself, shorter than a person would run it; then once with all the damage from outside.
class DemoJourney {

    private static final List<String> JUDGED = List.of("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9");

    private static final String[] SERVICES = {
        "catalog-pim-service",
        "connector-service",
        "inventory-service",
        "order-service",
        "returns-service",
        "routing-service"
    };

    @TempDir
    static Path notes;

    @TempDir
    Path folder;

    /// Every service of these demos notes what it looks up by reflection.
    @BeforeAll
    static void watchReflection(@TempDir Path tools) throws IOException {
        System.setProperty("hub.service-options", ReflectionAgent.option(tools, notes));
    }

    /// Goal: no native image would miss what a JVM finds by itself. Method: what the services of the other
    /// tests looked up, against their packaged native sources.
    @AfterAll
    static void everything_looked_up_is_registered_for_a_native_image() throws IOException {
        System.clearProperty("hub.service-options");
        assertThat(ReflectionAudit.lookUps(notes)).containsOnlyKeys(SERVICES);
        assertThat(ReflectionAudit.unregistered(notes, Hub.ofEnvironment().root()))
                .isEmpty();
    }

    @Test
    void trade_with_faults_and_crashes_leaves_every_invariant_standing() throws IOException, InterruptedException {
        Path file = folder.resolve("figures.json");

        int exit = demo(file, "--seconds", "30", "--rate", "8", "--seed", "11");

        JsonNode figures = read(file);
        assertThat(violations(figures)).isEmpty();
        assertThat(exit).isZero();
        assertThat(figures.path("invariants").findValuesAsText("id")).isEqualTo(JUDGED);
        assertThat(figures.path("invariants"))
                .allMatch(invariant -> invariant.path("checked").asLong() > 0);
        assertThat(figures.at("/orders/placed").asInt()).isGreaterThan(100);
        assertThat(figures.at("/orders/shipped").asInt()).isGreaterThan(100);
        assertThat(figures.at("/orders/cancelled").asInt()).isPositive();
        assertThat(figures.at("/orders/duplicatesInjected").asInt()).isPositive();
        assertThat(figures.at("/orders/lost").asInt()).isZero();
        assertThat(figures.at("/orders/doubled").asInt()).isZero();
        assertThat(figures.at("/stock/accuracyPercent").asDouble()).isEqualTo(100.0);
        assertThat(figures.at("/returns/restocked").asInt()).isPositive();
        assertThat(figures.at("/returns/refunds").asInt()).isPositive();
        assertThat(figures.at("/faults").size()).isEqualTo(6);
    }

    @Test
    void every_damage_from_outside_is_named() throws IOException, InterruptedException {
        Path file = folder.resolve("figures.json");
        List<String> names =
                Arrays.stream(Sabotage.values()).map(Sabotage::option).toList();

        int exit = demo(file, "--seconds", "10", "--rate", "4", "--seed", "12", "--sabotage", String.join(",", names));

        assertThat(exit).isEqualTo(1);
        assertThat(violations(read(file)))
                .containsAll(Arrays.stream(Sabotage.values())
                        .map(Sabotage::invariant)
                        .toList());
    }

    private static int demo(Path figures, String... options) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("--json", figures.toString()));
        return Demo.run(words, System.out, System.err);
    }

    private static List<String> violations(JsonNode figures) {
        List<String> violated = new ArrayList<>();
        for (JsonNode invariant : figures.path("invariants")) {
            if (!invariant.path("holds").asBoolean()) {
                violated.add(invariant.path("id").asText());
            }
        }
        return violated;
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(file));
    }
}
