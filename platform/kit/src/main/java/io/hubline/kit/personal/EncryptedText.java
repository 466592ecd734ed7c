package io.hubline.kit.personal;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/// Keeps one personal text sealed in its column: `@Convert(converter = EncryptedText.class)`, on columns of
/// type `text`.
///
/// Equal texts are sealed differently, so such a column cannot be searched or be unique. A converter does
/// not see its row; where a value must not be copied between rows, seal with [PersonalCipher#sealText] and
/// the row's id instead.
@Converter
public class EncryptedText implements AttributeConverter<@Nullable String, @Nullable String> {

    private static final String CONTEXT = "column";

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable String plain) {
        return plain == null ? null : cipher().sealText(plain, CONTEXT);
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable String sealed) {
        return sealed == null ? null : cipher().openText(sealed, CONTEXT);
    }

    /// Looked up at each use: Hibernate makes converters while the application is built, before there are
    /// keys.
    private static PersonalCipher cipher() {
        return CDI.current().select(PersonalCipher.class).get();
    }
}
