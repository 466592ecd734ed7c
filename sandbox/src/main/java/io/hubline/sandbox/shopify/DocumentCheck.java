package io.hubline.sandbox.shopify;

import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import io.hubline.sandbox.shopify.admin.AdminSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Validates GraphQL documents, as the connector ships them, against the vendor's schema where its folder
/// is at hand, and against the simulator's subset otherwise.
///
/// `DocumentCheck FOLDER` looks for `*.graphql` files under the folder, prints what it found, and exits 1
/// when one is invalid or there is none.
public final class DocumentCheck {

    /// Names the folder that holds `shopify/admin_2026-10.graphql`.
    public static final String SPECS = "HUBLINE_CHANNEL_SPECS";

    private static final int ENOUGH = 20_000_000;

    private final GraphQLSchema schema;

    private DocumentCheck(GraphQLSchema schema) {
        this.schema = schema;
    }

    /// Where the vendor's schema is, if the property or the environment variable names its folder and it is
    /// there.
    public static Optional<Path> vendorSchema() {
        return Optional.ofNullable(System.getProperty(SPECS, System.getenv(SPECS)))
                .map(folder -> Path.of(folder, "shopify", "admin_2026-10.graphql"))
                .filter(Files::isRegularFile);
    }

    public static DocumentCheck againstVendor(Path schemaFile) throws IOException {
        return new DocumentCheck(schema(Files.readString(schemaFile)));
    }

    public static DocumentCheck againstSubset() {
        return new DocumentCheck(schema(AdminSchema.text()));
    }

    /// A schema without fetchers from its text, however long that is.
    public static GraphQLSchema schema(String text) {
        ParserOptions roomy = ParserOptions.newParserOptions()
                .maxCharacters(ENOUGH)
                .maxTokens(ENOUGH)
                .maxWhitespaceTokens(ENOUGH)
                .build();
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(
                new SchemaParser().parse(new java.io.StringReader(text), roomy));
    }

    /// What is wrong with a document; empty when it is valid.
    public List<String> problems(String text) {
        Document document;
        try {
            document = Parser.parse(text);
        } catch (InvalidSyntaxException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        return new Validator()
                .validateDocument(schema, document, Locale.ROOT).stream()
                        .map(ValidationError::getMessage)
                        .toList();
    }

    /// What is wrong with each `*.graphql` file under a folder, by its path; valid files have an empty
    /// list.
    public Map<Path, List<String>> problemsUnder(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.getFileName().toString().endsWith(".graphql"))
                    .forEach(files::add);
        }
        Map<Path, List<String>> problems = new TreeMap<>();
        for (Path file : files) {
            problems.put(file, problems(Files.readString(file)));
        }
        return problems;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: DocumentCheck FOLDER");
            System.exit(2);
        }
        Optional<Path> vendor = vendorSchema();
        System.err.println(vendor.map(file -> "checking against the vendor's schema " + file)
                .orElse("the vendor's schema is not at hand (" + SPECS + "); checking against the simulator's subset"));
        DocumentCheck check = vendor.isPresent() ? againstVendor(vendor.get()) : againstSubset();
        Map<Path, List<String>> problems = check.problemsUnder(Path.of(arguments[0]));
        problems.forEach((file, wrong) -> System.err.println((wrong.isEmpty() ? "valid   " : "INVALID ")
                + file
                + wrong.stream().map(why -> "\n        " + why).reduce("", String::concat)));
        boolean valid = !problems.isEmpty() && problems.values().stream().allMatch(List::isEmpty);
        System.err.println(problems.size() + " documents, " + (valid ? "all valid" : "not all valid"));
        System.exit(valid ? 0 : 1);
    }
}
