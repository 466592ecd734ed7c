package io.hubline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The GraphQL documents the connector ships must be valid where they are sent.
class ConnectorDocumentsTest {

    private static final Path DOCUMENTS = Path.of("..", "connector-service", "src", "main", "resources");

    @Test
    void they_are_valid_against_the_simulator() throws IOException {
        assertThat(problems(DocumentCheck.againstSubset()))
                .isNotEmpty()
                .allSatisfy(
                        (file, wrong) -> assertThat(wrong).as(file.toString()).isEmpty());
    }

    @Test
    void they_are_valid_against_the_vendor() throws IOException {
        Path schema = DocumentCheck.vendorSchema().orElse(null);
        Assumptions.assumeTrue(schema != null, "the vendor's schema is not at hand: set " + DocumentCheck.SPECS);

        assertThat(problems(DocumentCheck.againstVendor(schema)))
                .isNotEmpty()
                .allSatisfy(
                        (file, wrong) -> assertThat(wrong).as(file.toString()).isEmpty());
    }

    @Test
    void a_wrong_document_is_found_out() {
        List<String> problems = DocumentCheck.againstSubset().problems("{ orders(first: 1) { nodes { nonsense } } }");

        assertThat(problems).singleElement().asString().contains("nonsense");
    }

    private static Map<Path, List<String>> problems(DocumentCheck check) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DOCUMENTS), "the connector's sources are not beside this module");
        return check.problemsUnder(DOCUMENTS);
    }
}
