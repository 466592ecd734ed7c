package io.hubline.sandbox.shopify.admin;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the fields of one schema type are read off one Java type. Every field is named: there is no fallback
/// that would answer null for a field somebody forgot.
final class Fields<S> {

    private final Class<S> source;
    private final TypeRuntimeWiring.Builder wiring;

    private Fields(String type, Class<S> source) {
        this.source = source;
        this.wiring = TypeRuntimeWiring.newTypeWiring(type);
    }

    static <S> Fields<S> of(String type, Class<S> source) {
        return new Fields<>(type, source);
    }

    Fields<S> with(String field, Function<S, @Nullable Object> reader) {
        wiring.dataFetcher(field, request -> reader.apply(read(request)));
        return this;
    }

    /// A field whose answer depends on its arguments or on the shop asked.
    Fields<S> asking(String field, BiFunction<S, DataFetchingEnvironment, @Nullable Object> reader) {
        wiring.dataFetcher(field, request -> reader.apply(read(request), request));
        return this;
    }

    TypeRuntimeWiring.Builder wiring() {
        return wiring;
    }

    private S read(DataFetchingEnvironment request) {
        return source.cast(Objects.requireNonNull(request.getSource(), "a field of an absent object was asked for"));
    }
}
