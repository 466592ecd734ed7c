package io.hubline.kit.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.contracts.SealedPersonal;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonalCipherTest {

    private static final String MAY = key(1);
    private static final String JUNE = key(2);

    private final PersonalCipher inMay = new PersonalCipher("2026-05", MAY, Map.of());
    private final PersonalCipher inJune = new PersonalCipher("2026-06", JUNE, Map.of("2026-05", MAY));

    @Test
    void what_was_sealed_opens_in_its_context() {
        SealedPersonal sealed = inMay.seal("Grace Hopper", "shop-a:1001");

        assertThat(sealed.keyId()).isEqualTo("2026-05");
        assertThat(sealed.ciphertext()).doesNotContain("Grace");
        assertThat(inMay.open(sealed, "shop-a:1001")).isEqualTo("Grace Hopper");
    }

    @Test
    void after_a_rotation_the_old_still_opens_and_the_new_is_sealed_with_the_new_key() {
        SealedPersonal old = inMay.seal("Grace Hopper", "shop-a:1001");

        SealedPersonal anew = inJune.seal(inJune.open(old, "shop-a:1001"), "shop-a:1001");

        assertThat(anew.keyId()).isEqualTo("2026-06");
        assertThat(inJune.open(anew, "shop-a:1001")).isEqualTo("Grace Hopper");
    }

    @Test
    void an_unknown_key_is_named() {
        SealedPersonal sealed = inJune.seal("Grace Hopper", "shop-a:1001");

        assertThatThrownBy(() -> inMay.open(sealed, "shop-a:1001"))
                .isInstanceOf(UnknownKeyException.class)
                .hasMessageContaining("2026-06");
    }

    @Test
    void it_does_not_open_in_another_context() {
        SealedPersonal sealed = inMay.seal("Grace Hopper", "shop-a:1001");

        assertThatThrownBy(() -> inMay.open(sealed, "shop-a:1002"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another context");
    }

    @Test
    void it_does_not_open_when_a_bit_has_changed() {
        SealedPersonal sealed = inMay.seal("Grace Hopper", "shop-a:1001");
        byte[] bytes = Base64.getDecoder().decode(sealed.ciphertext());
        bytes[bytes.length - 1] ^= 1;
        SealedPersonal altered =
                new SealedPersonal(sealed.keyId(), Base64.getEncoder().encodeToString(bytes));

        assertThatThrownBy(() -> inMay.open(altered, "shop-a:1001")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equal_texts_are_sealed_differently() {
        String first = inMay.sealText("Grace Hopper", "column");

        String second = inMay.sealText("Grace Hopper", "column");

        assertThat(first).startsWith("2026-05:").isNotEqualTo(second);
        assertThat(inJune.openText(second, "column")).isEqualTo("Grace Hopper");
    }

    @Test
    void a_key_of_the_wrong_size_is_refused_without_being_quoted() {
        String weak = Base64.getEncoder().encodeToString(new byte[16]);

        assertThatThrownBy(() -> new PersonalCipher("weak", weak, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'weak'")
                .hasMessageNotContaining(weak);
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
