package io.hubline.sandbox.shopify.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.sandbox.shopify.admin.SearchQuery.Comparison;
import io.hubline.sandbox.shopify.admin.SearchQuery.Term;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {

    private static final Map<String, SearchQuery.Field<Instant>> TIMES =
            Map.of("updated_at", SearchQuery.time(time -> time));

    @Test
    void a_quoted_time_keeps_its_colons() {
        assertThat(SearchQuery.terms("updated_at:>='2026-11-01T10:00:00Z'"))
                .containsExactly(new Term("updated_at", Comparison.AT_LEAST, "2026-11-01T10:00:00Z"));
    }

    @Test
    void terms_are_joined_by_blanks_or_by_and() {
        assertThat(SearchQuery.terms("a:1 b:>2 AND c:<=\"x y\""))
                .containsExactly(
                        new Term("a", Comparison.EQUAL, "1"),
                        new Term("b", Comparison.GREATER, "2"),
                        new Term("c", Comparison.AT_MOST, "x y"));
    }

    @Test
    void a_lower_bound_takes_in_its_own_second() {
        var filter = SearchQuery.filter("updated_at:>='2026-11-01T10:00:00Z'", TIMES);

        assertThat(filter)
                .accepts(Instant.parse("2026-11-01T10:00:00Z"))
                .rejects(Instant.parse("2026-11-01T09:59:59Z"));
    }

    @Test
    void an_offset_is_honoured() {
        var filter = SearchQuery.filter("updated_at:<'2026-11-01T10:00:00-05:00'", TIMES);

        assertThat(filter)
                .accepts(Instant.parse("2026-11-01T14:59:59Z"))
                .rejects(Instant.parse("2026-11-01T15:00:00Z"));
    }

    @Test
    void an_empty_query_keeps_everything() {
        assertThat(SearchQuery.filter(" ", TIMES)).accepts(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "updatedat:>2026-01-01",
                "updated_at:>yesterday",
                "updated_at:>='2026-11-01T10:00:00'",
                "updated_at:>='2026-11-01T10:00:00Z",
                "updated_at:",
                "updated_at",
                "updated_at:2026-01-01 OR updated_at:2026-01-02",
                "NOT updated_at:2026-01-01",
                "-updated_at:2026-01-01",
                "(updated_at:2026-01-01)",
                "AND"
            })
    void what_is_not_understood_is_refused(String query) {
        assertThatThrownBy(() -> SearchQuery.filter(query, TIMES)).isInstanceOf(AdminError.class);
    }
}
