package io.hubline.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemPagesTest {

    private static final Path PAGES = Path.of("../../docs/problems");
    private static final Pattern TYPE = Pattern.compile("Problem\\.of\\(\\s*[^,]+,\\s*\"([a-z-]+)\"");

    @Test
    void every_type_of_problem_has_its_page() throws IOException {
        List<String> types;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            types = sources.filter(Files::isRegularFile)
                    .map(ProblemPagesTest::read)
                    .flatMap(source -> TYPE.matcher(source).results())
                    .map(match -> match.group(1))
                    .distinct()
                    .toList();
        }

        assertThat(types)
                .hasSizeGreaterThan(10)
                .allSatisfy(type -> assertThat(PAGES.resolve(type + ".md")).exists());
    }

    private static String read(Path source) {
        try {
            return Files.readString(source).replaceAll("(?m)^\\s*///.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
