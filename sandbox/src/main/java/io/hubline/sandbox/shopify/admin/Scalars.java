package io.hubline.sandbox.shopify.admin;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// The vendor's scalars. All travel as text, `UnsignedInt64` included, and a text that does not fit is
/// refused.
final class Scalars {

    static final List<GraphQLScalarType> ALL = List.of(
            scalar("DateTime", Scalars::time),
            scalar("Decimal", Scalars::decimal),
            scalar("HTML", text -> text),
            scalar("Money", Scalars::decimal),
            scalar("URL", Scalars::url),
            scalar("UnsignedInt64", Scalars::unsigned));

    private Scalars() {}

    private static String time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("needs an ISO-8601 time with an offset", e);
        }
    }

    private static String decimal(String text) {
        return new BigDecimal(text).toPlainString();
    }

    private static String url(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("needs a scheme and a host");
            }
            return text;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL", e);
        }
    }

    private static String unsigned(String text) {
        return Long.toUnsignedString(Long.parseUnsignedLong(text));
    }

    private static GraphQLScalarType scalar(String name, UnaryOperator<String> reader) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new TextCoercing(name, reader))
                .build();
    }

    private record TextCoercing(String name, UnaryOperator<String> reader) implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return switch (value) {
                case Instant instant -> instant.toString();
                case Long number -> Long.toUnsignedString(number);
                case String text -> text;
                default ->
                    throw new CoercingSerializeException("%s cannot hold a %s"
                            .formatted(name, value.getClass().getSimpleName()));
            };
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            if (!(input instanceof String text)) {
                throw new CoercingParseValueException("%s must be a string".formatted(name));
            }
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new CoercingParseValueException("%s: %s".formatted(name, e.getMessage()), e);
            }
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.newStringValue(String.valueOf(serialize(input, context, locale)))
                    .build();
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            String text = switch (input) {
                case StringValue string -> string.getValue();
                case IntValue number -> number.getValue().toString();
                default -> throw new CoercingParseLiteralException("%s must be a string".formatted(name));
            };
            try {
                return reader.apply(String.valueOf(text));
            } catch (IllegalArgumentException e) {
                throw new CoercingParseLiteralException("%s: %s".formatted(name, e.getMessage()), e);
            }
        }
    }
}
