package io.hubline.catalog.product.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeHtmlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A & B", "<p>A<br>B<br/>C</p>", "<UL><LI>a</LI></UL>", "1 &lt; 2", "two\nlines", "<p >x</p >"
            })
    void a_few_tags_that_close_are_safe(String text) {
        assertThat(SafeHtml.objection(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>x</script>",
                "<p onclick=\"x\">a</p>",
                "<a href='https://x'>a</a>",
                "<p>",
                "</p>",
                "<b><i>x</b></i>",
                "a < b",
                "a > b",
                "<",
                "<p/>",
                "</br>",
                "<!-- x -->",
                "<p<script>>",
                "a\u0000b"
            })
    void anything_else_is_refused_with_a_reason(String text) {
        assertThat(SafeHtml.objection(text)).isPresent();
    }
}
