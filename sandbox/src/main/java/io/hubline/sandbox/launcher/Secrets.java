package io.hubline.sandbox.launcher;

import io.hubline.embedded.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/// Secrets of this installation, made by chance at the first start: they outlive restarts, for the data
/// does too.
final class Secrets {

    private static final int KEY_BYTES = 32;

    private final Path file;
    private final Properties kept;

    private Secrets(Path file, Properties kept) {
        this.file = file;
        this.kept = kept;
    }

    static Secrets in(Path folder) {
        PrivateFiles.folder(folder);
        Path file = folder.resolve("secrets.properties");
        return new Secrets(file, Files.exists(file) ? PrivateFiles.properties(file) : new Properties());
    }

    /// The key that personal data is sealed with: base64 of 32 bytes.
    String personalKey() {
        return kept("personal-key", Base64.getEncoder()::encodeToString);
    }

    /// A password or signing secret of a simulated shop.
    String ofShop(String shop, String name) {
        return kept(shop + "." + name, HexFormat.of()::formatHex);
    }

    private interface Form {
        String of(byte[] random);
    }

    private String kept(String name, Form form) {
        if (!kept.containsKey(name)) {
            byte[] random = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(random);
            kept.setProperty(name, form.of(random));
            PrivateFiles.write(file, kept);
        }
        return kept.getProperty(name);
    }
}
