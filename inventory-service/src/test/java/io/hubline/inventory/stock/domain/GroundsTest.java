package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroundsTest {

    @Test
    void a_word_is_read_in_any_case_and_no_other_word_is() {
        assertThat(Grounds.of(" damaged ")).contains(Grounds.DAMAGED);
        assertThat(Grounds.of("because")).isEmpty();
    }

    @Test
    void nobody_finds_less_or_loses_more() {
        assertThat(Grounds.FOUND.explains(1)).isTrue();
        assertThat(Grounds.FOUND.explains(-1)).isFalse();
        assertThat(Grounds.LOST.explains(1)).isFalse();
        assertThat(Grounds.CORRECTION.explains(1)).isTrue();
        assertThat(Grounds.CORRECTION.explains(-1)).isTrue();
    }

    @Test
    void only_what_is_there_and_unfit_is_scrapped() {
        assertThat(Grounds.EXPIRED.explainsScrap()).isTrue();
        assertThat(Grounds.STOLEN.explainsScrap()).isFalse();
        assertThat(Grounds.STOLEN.explainsLossOnTheWay()).isTrue();
        assertThat(Grounds.FOUND.explainsLossOnTheWay()).isFalse();
    }
}
