package io.hubline.kit.app;

import io.hubline.kit.personal.EncryptedText;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "note")
@NullUnmarked
public class NoteRow {

    @Id
    public UUID id;

    @Convert(converter = EncryptedText.class)
    public String words;
}
