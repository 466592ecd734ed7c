package io.hubline.embedded;

import io.hubline.contracts.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A topic the daemon creates when it is missing: its name, its partitions and the broker settings that
/// differ.
///
/// Written as one line: `orders 6 cleanup.policy=delete retention.ms=604800000`.
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    public TopicSpec {
        if (name.isBlank() || name.indexOf(' ') >= 0 || partitions < 1) {
            throw new IllegalArgumentException("Not a topic: '%s' with %d partitions".formatted(name, partitions));
        }
        config = Map.copyOf(config);
    }

    /// Every topic of the hub, with the dead-letter and replay topics of its readers.
    public static List<TopicSpec> ofHubline() {
        return Topic.allDeclarations().stream().map(TopicSpec::of).toList();
    }

    private static TopicSpec of(Topic.Declaration declaration) {
        Map<String, String> config = new TreeMap<>();
        config.put("cleanup.policy", declaration.compacted() ? "compact" : "delete");
        Duration retention = declaration.retention();
        if (retention != null) {
            config.put("retention.ms", Long.toString(retention.toMillis()));
        }
        return new TopicSpec(declaration.name(), declaration.partitions(), config);
    }

    /// Reads what [#line()] wrote.
    public static TopicSpec parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "Expected '<topic> <partitions> [<setting>=<value> ...]', got '%s'".formatted(line));
        }
        Map<String, String> config = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            config.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return new TopicSpec(words[0], Integer.parseInt(words[1]), config);
    }

    /// The topic on one line, settings in the order of their names.
    public String line() {
        String settings = new TreeMap<>(config)
                .entrySet().stream()
                        .map(e -> " " + e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining());
        return name + " " + partitions + settings;
    }
}
