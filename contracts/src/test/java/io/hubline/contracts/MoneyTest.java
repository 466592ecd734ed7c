package io.hubline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"254.98,USD,25498", "0,USD,0", "-1.5,EUR,-150", "1200,JPY,1200", "1.234,KWD,1234", "7.10,USD,710"})
    void a_decimal_becomes_minor_units_of_its_currency(String decimal, String currency, long minor) {
        assertThat(Money.ofDecimal(decimal, currency)).isEqualTo(new Money(minor, currency));
    }

    @ParameterizedTest
    @CsvSource({"0.001,USD", "1.5,JPY", "99999999999999999999,USD"})
    void what_does_not_fit_is_refused_and_not_rounded(String decimal, String currency) {
        assertThatThrownBy(() -> Money.ofDecimal(decimal, currency)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void an_unknown_currency_is_refused() {
        assertThatThrownBy(() -> new Money(1, "XXY")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amounts_of_two_currencies_do_not_add() {
        Money dollars = new Money(1, "USD");

        assertThatThrownBy(() -> dollars.plus(new Money(1, "EUR"))).hasMessageContaining("EUR");
    }

    @Test
    void the_decimal_has_the_digits_of_its_currency() {
        assertThat(new Money(710, "USD").toDecimal()).isEqualTo("7.10");
    }
}
