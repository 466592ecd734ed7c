package io.hubline.kit.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.kit.Ids;
import io.hubline.kit.app.Effects;
import io.hubline.kit.inbox.Inbox;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class AuditTest {

    @Inject
    Audit audit;

    @Inject
    Inbox inbox;

    @Inject
    Effects database;

    private final String subject = Ids.text();

    @Test
    void a_change_that_is_rolled_back_leaves_no_row() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    audit.record("thing.changed", "thing", subject, Map.of(), Map.of());
                    throw new IllegalStateException("for the test");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(actors()).isEmpty();
    }

    @Test
    void recording_outside_a_transaction_fails() {
        assertThatThrownBy(() -> audit.record("thing.changed", "thing", subject, Map.of(), Map.of()))
                .hasMessageContaining("Transaction is required");
    }

    @Test
    void before_and_after_are_kept() {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        audit.record("thing.changed", "thing", subject, Map.of("state", "OPEN"), Map.of("units", 3)));

        assertThat(database.texts(
                        "select concat(before ->> 'state', ' ', after ->> 'units') from audit_entry where subject_id = ?",
                        subject))
                .containsExactly("OPEN 3");
    }

    @Test
    void a_caller_is_named_by_the_token() {
        Tokens.as("operator").post("/probe/told/" + subject).then().statusCode(204);

        assertThat(actors()).containsExactly(Tokens.SUBJECT);
    }

    @Test
    void a_caller_without_a_token_is_anonymous() {
        given().post("/probe/hook/" + subject).then().statusCode(204);

        assertThat(actors()).containsExactly("anonymous");
    }

    @Test
    void an_effect_is_named_by_its_event() {
        UUID event = Ids.next();

        QuarkusTransaction.requiringNew()
                .run(() -> inbox.once(
                        "audited", event, () -> audit.record("thing.moved", "thing", subject, Map.of(), Map.of())));

        assertThat(actors()).containsExactly("event:audited:" + event);
    }

    @Test
    void whatever_nobody_asked_for_is_done_by_the_service() {
        QuarkusTransaction.requiringNew()
                .run(() -> audit.record("thing.expired", "thing", subject, Map.of(), Map.of()));

        assertThat(actors()).containsExactly("system:inventory");
    }

    private List<String> actors() {
        return database.texts("select actor from audit_entry where subject_id = ?", subject);
    }
}
