package io.hubline.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.contracts.Topic.Declaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Goal: a cluster gets exactly the topics that the services speak on. Method: the list that the
/// deployment's job works through is a file, and must be what the declarations say. After a change of
/// [Topic], write it with `-Dtopics.write=true`.
class TopicListTest {

    private static final Path LIST = Path.of("../deploy/kustomize/base/topics/topics.tsv");

    @Test
    void the_deployment_creates_what_is_declared() throws IOException {
        String declared = Topic.allDeclarations().stream()
                .map(TopicListTest::line)
                .collect(Collectors.joining("", "# name\tpartitions\tcleanup policy\tretention in ms\n", ""));

        if (Boolean.getBoolean("topics.write")) {
            Files.writeString(LIST, declared, UTF_8);
        }
        assertThat(LIST)
                .as("written by this test with -Dtopics.write=true")
                .usingCharset(UTF_8)
                .hasContent(declared);
    }

    private static String line(Declaration topic) {
        @Nullable Duration retention = topic.retention();
        return "%s\t%d\t%s\t%s\n"
                .formatted(
                        topic.name(),
                        topic.partitions(),
                        topic.compacted() ? "compact" : "delete",
                        retention == null ? "-" : Long.toString(retention.toMillis()));
    }
}
