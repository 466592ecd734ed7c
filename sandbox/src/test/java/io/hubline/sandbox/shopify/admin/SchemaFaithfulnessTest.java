package io.hubline.sandbox.shopify.admin;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AstPrinter;
import graphql.language.DirectiveDefinition;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.Node;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.parser.ParserOptions;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.hubline.sandbox.shopify.DocumentCheck;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SchemaFaithfulnessTest {

    @Test
    void every_field_of_the_subset_is_answered() {
        GraphQLSchema schema = AdminSchema.build();

        List<String> unanswered = schema.getAllTypesAsList().stream()
                .filter(graphql.schema.GraphQLObjectType.class::isInstance)
                .map(graphql.schema.GraphQLObjectType.class::cast)
                .filter(type -> !type.getName().startsWith("__"))
                .flatMap(type -> type.getFieldDefinitions().stream()
                        .filter(field ->
                                !schema.getCodeRegistry().hasDataFetcher(FieldCoordinates.coordinates(type, field)))
                        .map(field -> type.getName() + "." + field.getName()))
                .toList();

        assertThat(unanswered).isEmpty();
    }

    /// Everything served here must exist at the vendor with the same type; the vendor has much more.
    @Test
    void the_subset_is_part_of_the_vendors_schema() throws IOException {
        Path vendorFile = DocumentCheck.vendorSchema().orElse(null);
        Assumptions.assumeTrue(vendorFile != null, "the vendor's schema is not at hand: set " + DocumentCheck.SPECS);
        TypeDefinitionRegistry vendor = registry(Files.readString(vendorFile));
        TypeDefinitionRegistry ours = registry(AdminSchema.text());
        List<String> differences = new ArrayList<>();

        ours.types().values().forEach(type -> compare(type, vendor.types().get(type.getName()), differences));
        ours.scalars().values().stream()
                .filter(scalar ->
                        !ScalarTypeDefinition.class.isInstance(vendor.scalars().get(scalar.getName())))
                .forEach(scalar -> differences.add("scalar " + scalar.getName() + " is unknown there"));
        ours.getDirectiveDefinitions()
                .forEach((name, directive) -> differences.addAll(
                        directive(directive, vendor.getDirectiveDefinition(name).orElse(null))));

        assertThat(differences).isEmpty();
    }

    private static TypeDefinitionRegistry registry(String text) {
        int enough = 20_000_000;
        return new SchemaParser()
                .parse(
                        new StringReader(text),
                        ParserOptions.newParserOptions()
                                .maxCharacters(enough)
                                .maxTokens(enough)
                                .maxWhitespaceTokens(enough)
                                .build());
    }

    private static List<String> directive(DirectiveDefinition ours, @Nullable DirectiveDefinition theirs) {
        if (theirs == null) {
            return List.of("@" + ours.getName() + " is unknown there");
        }
        List<String> differences = new ArrayList<>();
        inputs("@" + ours.getName(), ours.getInputValueDefinitions(), theirs.getInputValueDefinitions(), differences);
        List<String> places = names(ours.getDirectiveLocations(), graphql.language.DirectiveLocation::getName);
        List<String> theirPlaces = names(theirs.getDirectiveLocations(), graphql.language.DirectiveLocation::getName);
        if (!places.equals(theirPlaces)) {
            differences.add("@%s is allowed on %s there and %s here".formatted(ours.getName(), theirPlaces, places));
        }
        return differences;
    }

    private static void compare(TypeDefinition<?> ours, @Nullable TypeDefinition<?> theirs, List<String> differences) {
        String name = ours.getName();
        switch (ours) {
            case ObjectTypeDefinition object
            when theirs instanceof ObjectTypeDefinition other -> {
                fields(name, object.getFieldDefinitions(), other.getFieldDefinitions(), differences);
                implemented(
                        name,
                        object.getImplements().stream()
                                .map(each -> printed(each))
                                .toList(),
                        other.getImplements().stream()
                                .map(each -> printed(each))
                                .toList(),
                        differences);
            }
            case InterfaceTypeDefinition object
            when theirs instanceof InterfaceTypeDefinition other ->
                fields(name, object.getFieldDefinitions(), other.getFieldDefinitions(), differences);
            case InputObjectTypeDefinition input
            when theirs instanceof InputObjectTypeDefinition other -> {
                inputs(name, input.getInputValueDefinitions(), other.getInputValueDefinitions(), differences);
                other.getInputValueDefinitions().stream()
                        .filter(field -> field.getType() instanceof graphql.language.NonNullType)
                        .filter(field -> input.getInputValueDefinitions().stream()
                                .noneMatch(each -> each.getName().equals(field.getName())))
                        .forEach(field -> differences.add(name + "." + field.getName() + " is required there"));
            }
            case EnumTypeDefinition values
            when theirs instanceof EnumTypeDefinition other -> {
                List<String> known = names(other.getEnumValueDefinitions(), EnumValueDefinition::getName);
                names(values.getEnumValueDefinitions(), EnumValueDefinition::getName).stream()
                        .filter(value -> !known.contains(value))
                        .forEach(value -> differences.add(name + "." + value + " is unknown there"));
            }
            default -> differences.add(name + " is unknown there, or something else");
        }
    }

    private static void fields(
            String type, List<FieldDefinition> ours, List<FieldDefinition> theirs, List<String> differences) {
        Map<String, FieldDefinition> known = byName(theirs.stream(), FieldDefinition::getName);
        for (FieldDefinition field : ours) {
            String path = type + "." + field.getName();
            FieldDefinition other = known.get(field.getName());
            if (other == null) {
                differences.add(path + " is unknown there");
                continue;
            }
            same(path, field.getType(), other.getType(), differences);
            inputs(path, field.getInputValueDefinitions(), other.getInputValueDefinitions(), differences);
            other.getInputValueDefinitions().stream()
                    .filter(argument -> argument.getType() instanceof graphql.language.NonNullType)
                    .filter(argument -> field.getInputValueDefinitions().stream()
                            .noneMatch(each -> each.getName().equals(argument.getName())))
                    .forEach(argument -> differences.add(path + "(" + argument.getName() + ") is required there"));
        }
    }

    private static void inputs(
            String path, List<InputValueDefinition> ours, List<InputValueDefinition> theirs, List<String> differences) {
        Map<String, InputValueDefinition> known = byName(theirs.stream(), InputValueDefinition::getName);
        for (InputValueDefinition input : ours) {
            InputValueDefinition other = known.get(input.getName());
            if (other == null) {
                differences.add(path + "(" + input.getName() + ") is unknown there");
                continue;
            }
            same(path + "(" + input.getName() + ")", input.getType(), other.getType(), differences);
            if (!printed(input.getDefaultValue()).equals(printed(other.getDefaultValue()))) {
                differences.add("%s(%s) has another default there: %s"
                        .formatted(path, input.getName(), printed(other.getDefaultValue())));
            }
        }
    }

    private static void implemented(String type, List<String> ours, List<String> theirs, List<String> differences) {
        ours.stream()
                .filter(each -> !theirs.contains(each))
                .forEach(each -> differences.add(type + " does not implement " + each + " there"));
    }

    private static void same(String path, Node<?> ours, Node<?> theirs, List<String> differences) {
        if (!printed(ours).equals(printed(theirs))) {
            differences.add("%s is %s there and %s here".formatted(path, printed(theirs), printed(ours)));
        }
    }

    private static String printed(@Nullable Node<?> node) {
        return node == null ? "" : AstPrinter.printAst(node);
    }

    private static <T> Map<String, T> byName(Stream<T> all, Function<T, String> name) {
        return all.collect(Collectors.toMap(name, each -> each));
    }

    private static <T> List<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).sorted().toList();
    }
}
