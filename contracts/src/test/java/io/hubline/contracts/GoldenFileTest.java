package io.hubline.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrderEvent;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.StockAlert;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderEvent.OrderAccepted;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.routing.RouteEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: nobody changes the published language by accident. Method: one golden file per event, kept for
/// ever. To announce a new event, add a sample, run with `-Dgolden.write=true`, and read what was written
/// before it is committed. A golden file of a released event is never edited.
class GoldenFileTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path GOLDEN_EARLIER = Path.of("src/test/resources/golden-earlier");
    private static final List<Class<?>> FAMILIES = List.of(
            ChannelOrderEvent.class,
            ChannelReturnEvent.class,
            ChannelSyncState.class,
            OrderEvent.class,
            ReservationEvent.class,
            StockState.class,
            StockAlert.class,
            AvailabilityState.class,
            ListingState.class,
            ReturnEvent.class,
            RouteEvent.class);

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    static Stream<Event> samples() {
        return Samples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_writes_exactly_its_golden_file(Event sample) throws IOException {
        Path golden = goldenFile(sample.getClass());

        String written = json.writeValueAsString(sample) + "\n";

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, written, UTF_8);
        }
        assertThat(golden).as("run with -Dgolden.write=true for a new event").exists();
        assertThat(written).isEqualTo(Files.readString(golden, UTF_8));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_golden_file_still_reads_as_what_it_was(Event sample) throws IOException {
        String golden = Files.readString(goldenFile(sample.getClass()), UTF_8);

        Event read = json.readValue(golden, sample.getClass());

        assertThat(read).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_part_nobody_has_seen_before_is_ignored(Event sample) throws JsonProcessingException {
        String newer = json.writeValueAsString(sample).replaceFirst("\\{", "{ \"addedLater\": {\"by\": [1]},");

        Event read = json.readValue(newer, sample.getClass());

        assertThat(read).isEqualTo(sample);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ChannelOrderObserved.class,
                ListingState.class,
                ChannelSyncState.class,
                AvailabilityState.class,
                OrderAccepted.class
            })
    void an_event_from_before_a_part_was_added_still_reads(Class<? extends Event> event) throws IOException {
        Path earlier = GOLDEN_EARLIER.resolve(goldenFile(event).getFileName());

        Event read = json.readValue(Files.readString(earlier, UTF_8), event);

        Event now = json.readValue(Files.readString(goldenFile(event), UTF_8), event);
        assertThat(read.key()).isEqualTo(now.key());
    }

    @Test
    void every_event_has_a_name_of_its_own_and_a_sample() {
        List<Class<?>> events =
                FAMILIES.stream().flatMap(GoldenFileTest::events).toList();

        List<String> names = events.stream().map(GoldenFileTest::name).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+(\\.[a-z-]+)?\\.v[0-9]+"));
        assertThat(Samples.all().stream().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
                .isEqualTo(Set.copyOf(events));
    }

    @Test
    void every_golden_file_belongs_to_an_event() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> paths = Files.list(GOLDEN)) {
            paths.forEach(path -> files.add(path.getFileName().toString()));
        }

        Set<String> events = FAMILIES.stream()
                .flatMap(GoldenFileTest::events)
                .map(event -> name(event) + ".json")
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(files).isEqualTo(events);
    }

    private static Stream<Class<?>> events(Class<?> family) {
        if (!family.isSealed()) {
            return Stream.of(family);
        }
        List<Class<?>> events = new ArrayList<>();
        for (Class<?> permitted : family.getPermittedSubclasses()) {
            events(permitted).forEach(events::add);
        }
        return events.stream();
    }

    private static String name(Class<?> event) {
        EventName name = event.getAnnotation(EventName.class);
        if (name == null) {
            throw new AssertionError(event + " has no @EventName");
        }
        return name.value();
    }

    private static Path goldenFile(Class<?> event) {
        return GOLDEN.resolve(name(event) + ".json");
    }
}
