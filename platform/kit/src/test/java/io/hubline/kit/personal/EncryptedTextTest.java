package io.hubline.kit.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.kit.Ids;
import io.hubline.kit.app.Effects;
import io.hubline.kit.app.NoteRow;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class EncryptedTextTest {

    @Inject
    EntityManager entities;

    @Inject
    Effects database;

    private final UUID id = Ids.next();

    @Test
    void a_column_holds_the_sealed_text_and_the_row_the_plain_one() {
        NoteRow note = new NoteRow();
        note.id = id;
        note.words = "Grace Hopper";

        QuarkusTransaction.requiringNew().run(() -> entities.persist(note));

        assertThat(database.texts("select words from note where id = ?", id).getFirst())
                .startsWith("test-1:")
                .doesNotContain("Grace");
        assertThat(QuarkusTransaction.requiringNew().call(() -> entities.find(NoteRow.class, id).words))
                .isEqualTo("Grace Hopper");
    }
}
