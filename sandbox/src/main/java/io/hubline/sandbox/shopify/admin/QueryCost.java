package io.hubline.sandbox.shopify.admin;

import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What an operation costs by the vendor's rule: scalars and enums 0, an object 1 plus what is selected in
/// it, a mutation 10 flat (`productSet` more with its lists), an interface the dearest of its possible
/// types, a connection by `first` or `last`.
///
/// A connection costs `2 + floor(2 * ln(size)) * cost of one element`, the scaling the vendor's staff gave
/// on its developer forum; `pageInfo` is free. Fields which the vendor prices by hand are not known here,
/// so this is an assumption where it differs.
final class QueryCost {

    private static final int MUTATION = 10;
    private static final int CONNECTION = 2;
    private static final int OBJECT = 1;

    private final GraphQLSchema schema;

    QueryCost(GraphQLSchema schema) {
        this.schema = schema;
    }

    /// The most the operation can cost, from its arguments alone.
    int requested(ExecutableNormalizedOperation operation) {
        boolean mutation = operation.getOperation() == graphql.language.OperationDefinition.Operation.MUTATION;
        return operation.getTopLevelFields().stream()
                .filter(field -> !introspection(field))
                .mapToInt(field -> mutation ? mutation(field) : requested(field))
                .sum();
    }

    /// What it cost in the end, from the answer: less when pages were not full or objects were missing.
    int actual(ExecutableNormalizedOperation operation, @Nullable Map<String, ?> data) {
        if (data == null) {
            return 0;
        }
        boolean mutation = operation.getOperation() == graphql.language.OperationDefinition.Operation.MUTATION;
        return operation.getTopLevelFields().stream()
                .filter(field -> !introspection(field))
                .mapToInt(field -> mutation ? mutation(field) : actual(field, data.get(field.getResultKey())))
                .sum();
    }

    /// Ten, and for `productSet` what the vendor's schema says of its lists: 0.2 a variant, 1.9 a file, 0.4
    /// a metafield.
    private static int mutation(ExecutableNormalizedField field) {
        if (!field.getName().equals("productSet")
                || !(field.getResolvedArguments().get("input") instanceof Map<?, ?> input)) {
            return MUTATION;
        }
        int tenths =
                2 * size(input.get("variants")) + 19 * size(input.get("files")) + 4 * size(input.get("metafields"));
        return MUTATION + Math.ceilDiv(tenths, 10);
    }

    private static int size(@Nullable Object list) {
        return list instanceof Collection<?> items ? items.size() : 0;
    }

    static int multiplier(int size) {
        return size == 0 ? 0 : (int) Math.floor(2 * Math.log(Math.max(2, size)));
    }

    private int requested(ExecutableNormalizedField field) {
        String type = composite(field);
        if (type == null || type.equals("PageInfo")) {
            return 0;
        }
        if (type.endsWith("Connection")) {
            return CONNECTION + multiplier(pageSize(field)) * element(field, this::requestedElement);
        }
        int one = OBJECT + children(field, this::requested);
        return field.getName().equals("nodes") && field.getResolvedArguments().get("ids") instanceof Collection<?> ids
                ? ids.size() * one
                : one;
    }

    private int requestedElement(ExecutableNormalizedField part) {
        return part.getName().equals("edges")
                ? children(part, this::requested)
                : OBJECT + children(part, this::requested);
    }

    private static int element(ExecutableNormalizedField connection, ToIntFunction<ExecutableNormalizedField> cost) {
        return connection.getChildren().stream()
                .filter(part -> !part.getName().equals("pageInfo"))
                .mapToInt(cost)
                .sum();
    }

    private static int pageSize(ExecutableNormalizedField field) {
        Object first = field.getResolvedArguments().get("first");
        Object last = field.getResolvedArguments().get("last");
        int size = first instanceof Integer number ? number : last instanceof Integer number ? number : 1;
        return Math.max(0, size);
    }

    private int actual(ExecutableNormalizedField field, @Nullable Object value) {
        String type = composite(field);
        if (value == null || type == null || type.equals("PageInfo")) {
            return 0;
        }
        if (value instanceof List<?> items) {
            return items.stream().mapToInt(item -> actual(field, item)).max().orElse(0)
                    * (field.getName().equals("nodes") ? items.size() : 1);
        }
        if (!(value instanceof Map<?, ?> object)) {
            return 0;
        }
        if (type.endsWith("Connection")) {
            return CONNECTION + element(field, part -> actualElements(part, object.get(part.getResultKey())));
        }
        return OBJECT + children(field, child -> actual(child, object.get(child.getResultKey())));
    }

    private int actualElements(ExecutableNormalizedField part, @Nullable Object value) {
        if (!(value instanceof List<?> items)) {
            return 0;
        }
        int own = part.getName().equals("edges") ? 0 : OBJECT;
        int dearest = items.stream()
                .mapToInt(item -> item instanceof Map<?, ?> object
                        ? own + children(part, child -> actual(child, object.get(child.getResultKey())))
                        : 0)
                .max()
                .orElse(0);
        return multiplier(items.size()) * dearest;
    }

    /// The dearest of the types a value may have; a plain object has one.
    private static int children(ExecutableNormalizedField field, ToIntFunction<ExecutableNormalizedField> cost) {
        return field.getChildren().stream()
                .flatMap(child -> child.getObjectTypeNames().stream())
                .distinct()
                .mapToInt(type -> field.getChildren().stream()
                        .filter(child -> child.getObjectTypeNames().contains(type))
                        .mapToInt(cost)
                        .sum())
                .max()
                .orElse(0);
    }

    /// The name of the object or interface a field answers with, or null for a scalar or an enum.
    private @Nullable String composite(ExecutableNormalizedField field) {
        if (introspection(field)) {
            return null;
        }
        GraphQLUnmodifiedType bare = GraphQLTypeUtil.unwrapAll(field.getType(schema));
        return GraphQLTypeUtil.isLeaf(bare) ? null : bare.getName();
    }

    private static boolean introspection(ExecutableNormalizedField field) {
        return field.getName().startsWith("__");
    }
}
