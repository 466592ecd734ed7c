package io.hubline.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void the_last_page_has_no_next() {
        assertThat(Page.of(List.of("a", "b"), 2, item -> item)).isEqualTo(new Page<>(List.of("a", "b"), null));
    }

    @Test
    void the_next_page_goes_on_behind_the_last_item_of_this_one() {
        Page<String> page = Page.of(List.of("a", "b/ü", "c"), 2, item -> item);

        assertThat(page.items()).containsExactly("a", "b/ü");
        assertThat(Page.position(page.next())).isEqualTo("b/ü");
    }

    @Test
    void without_a_cursor_the_list_begins() {
        assertThat(Page.position(null)).isNull();
        assertThat(Page.position("")).isNull();
    }

    @Test
    void a_cursor_that_no_page_gave_is_refused() {
        assertThatThrownBy(() -> Page.position("?")).isInstanceOf(ProblemException.class);
    }
}
