package io.hubline.sandbox.shopify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubline.sandbox.shopify.webhook.WebhookFaults.Fate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WebhookFaultsTest {

    private final WebhookFaults faults = new WebhookFaults(8, 7, 4);

    @Test
    void the_same_seed_dooms_the_same_messages() {
        assertThat(fates(1)).isEqualTo(fates(1));
    }

    @Test
    void another_seed_dooms_others() {
        assertThat(fates(1)).isNotEqualTo(fates(2));
    }

    @Test
    void about_as_many_go_wrong_as_asked() {
        List<Fate> fates = fates(1);

        assertThat(fates.stream().filter(Fate::duplicated).count()).isBetween(700L, 830L);
        assertThat(fates.stream().filter(Fate::reordered).count()).isBetween(600L, 740L);
        assertThat(fates.stream().filter(Fate::lost).count()).isBetween(350L, 450L);
    }

    @Test
    void a_lost_message_is_neither_doubled_nor_delayed() {
        assertThat(fates(3)).filteredOn(Fate::lost).noneMatch(fate -> fate.duplicated() || fate.reordered());
    }

    @Test
    void without_faults_every_message_arrives_once_and_in_time() {
        assertThat(WebhookFaults.NONE.fateOf(1, "any")).isEqualTo(new Fate(false, false, false));
    }

    @Test
    void a_percentage_is_between_0_and_100() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookFaults(101, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookFaults(0, Double.NaN, 0));
    }

    private List<Fate> fates(long seed) {
        return IntStream.range(0, 10_000)
                .mapToObj(number -> faults.fateOf(seed, "alpha|" + number + "|orders/create"))
                .toList();
    }
}
