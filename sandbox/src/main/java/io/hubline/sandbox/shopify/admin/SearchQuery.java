package io.hubline.sandbox.shopify.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// The vendor's search syntax, as far as this simulator knows it: terms `field:value` joined by blanks or
/// `AND`, with `>`, `>=`, `<`, `<=` before the value and optional quotes around it.
///
/// Where the vendor warns and ignores what it does not understand, this refuses: a filter that silently did
/// nothing would make a poll look complete.
public final class SearchQuery {

    private SearchQuery() {}

    /// How a term compares.
    enum Comparison {
        EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST;

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    record Term(String field, Comparison comparison, String value) {}

    /// Makes the test for one field out of a term of it; throws `AdminError` when the value cannot be read.
    interface Field<T> {
        Predicate<T> test(Term term);
    }

    /// The filter a query asks for; an empty query keeps everything.
    static <T> Predicate<T> filter(String query, Map<String, Field<T>> known) {
        Predicate<T> all = any -> true;
        for (Term term : terms(query)) {
            Field<T> field = known.get(term.field());
            if (field == null) {
                throw refusal("the filter %s is not known here; known are %s".formatted(term.field(), known.keySet()));
            }
            all = all.and(field.test(term));
        }
        return all;
    }

    static List<Term> terms(String query) {
        List<Term> terms = new ArrayList<>();
        Scanner scanner = new Scanner(query);
        while (scanner.more()) {
            String word = scanner.word();
            if (word.equals("AND")) {
                if (terms.isEmpty()) {
                    throw refusal("AND needs a term before it");
                }
                continue;
            }
            if (word.equals("OR") || word.equals("NOT") || word.startsWith("-") || word.startsWith("(")) {
                throw refusal(word + " is not known here");
            }
            terms.add(scanner.term(word));
        }
        return terms;
    }

    static AdminError refusal(String why) {
        return new AdminError("INVALID_SEARCH", "Invalid search query: " + why);
    }

    /// A field holding a time. A value without a time of day means midnight UTC.
    static <T> Field<T> time(java.util.function.Function<T, Instant> reader) {
        return term -> {
            Instant wanted = instant(term.value());
            return item -> term.comparison().holds(reader.apply(item).compareTo(wanted));
        };
    }

    /// A field holding a number.
    static <T> Field<T> number(java.util.function.ToLongFunction<T> reader) {
        return term -> {
            long wanted;
            try {
                wanted = Long.parseLong(term.value());
            } catch (NumberFormatException e) {
                throw refusal("%s needs a number, not %s".formatted(term.field(), term.value()));
            }
            return item -> term.comparison().holds(Long.compare(reader.applyAsLong(item), wanted));
        };
    }

    /// A field holding text; only equality, whatever the case of letters.
    static <T> Field<T> text(java.util.function.Function<T, String> reader) {
        return term -> {
            if (term.comparison() != Comparison.EQUAL) {
                throw refusal(term.field() + " can only be compared for equality");
            }
            return item -> reader.apply(item)
                    .toLowerCase(Locale.ROOT)
                    .equals(term.value().toLowerCase(Locale.ROOT));
        };
    }

    private static Instant instant(String value) {
        try {
            return value.contains("T")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw refusal("%s is not a time with an offset, nor a date".formatted(value));
        }
    }

    private static final class Scanner {

        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        boolean more() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        /// A field name up to its colon, or a bare word.
        String word() {
            int from = at;
            while (at < text.length() && text.charAt(at) != ':' && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        Term term(String field) {
            if (at >= text.length() || text.charAt(at) != ':' || field.isEmpty()) {
                throw refusal("%s is not a term of the form field:value".formatted(field));
            }
            at++;
            Comparison comparison = comparison();
            String value = value();
            if (value.isEmpty()) {
                throw refusal("%s has no value".formatted(field));
            }
            return new Term(field, comparison, value);
        }

        private Comparison comparison() {
            char first = at < text.length() ? text.charAt(at) : ' ';
            if (first != '<' && first != '>') {
                return Comparison.EQUAL;
            }
            at++;
            boolean orEqual = at < text.length() && text.charAt(at) == '=';
            if (orEqual) {
                at++;
            }
            if (first == '<') {
                return orEqual ? Comparison.AT_MOST : Comparison.LESS;
            }
            return orEqual ? Comparison.AT_LEAST : Comparison.GREATER;
        }

        private String value() {
            char quote = at < text.length() ? text.charAt(at) : ' ';
            if (quote != '\'' && quote != '"') {
                int from = at;
                while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                return text.substring(from, at);
            }
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw refusal("a quote is not closed");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }
    }
}
