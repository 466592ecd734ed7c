package io.hubline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {

    @Test
    void a_sound_service_breaks_no_rule() {
        assertThat(broken("io.hubline.testkit.sample.sound")).isEmpty();
    }

    @Test
    void every_flaw_is_found() {
        assertThat(broken("io.hubline.testkit.sample.flawed"))
                .containsExactlyInAnyOrder(
                        "nothing_is_printed",
                        "the_domain_depends_on_the_jdk_and_itself",
                        "use_cases_know_no_adapter",
                        "adapters_do_not_see_one_another",
                        "events_leave_through_the_outbox",
                        "consumers_are_hidden_and_transactional",
                        "consumers_outlast_an_outage",
                        "consumers_use_the_inbox",
                        "resources_are_named_and_hidden",
                        "resources_are_guarded",
                        "rows_are_named_and_hidden",
                        "time_is_handed_in",
                        "fields_are_not_injected",
                        "features_are_free_of_cycles");
    }

    @Test
    void a_service_that_knows_another_is_found() {
        assertThat(broken("io.hubline.testkit.sample.flawed.stock")).contains("a_service_knows_no_other_service");
    }

    private static List<String> broken(String root) {
        return ArchitectureRules.broken(root, new ClassFileImporter().importPackages(root));
    }
}
