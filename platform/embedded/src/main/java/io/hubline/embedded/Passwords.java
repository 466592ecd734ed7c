package io.hubline.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Passwords made by chance at the first start and kept beside the data they guard.
final class Passwords {

    private static final String SUPERUSER = "superuser";

    private final Properties kept;

    private Passwords(Properties kept) {
        this.kept = kept;
    }

    static Passwords in(Path home, List<String> databases) {
        Path file = home.resolve("passwords.properties");
        Properties kept = Files.exists(file) ? PrivateFiles.properties(file) : new Properties();
        boolean added = addMissing(kept, SUPERUSER);
        for (String database : databases) {
            added |= addMissing(kept, database);
        }
        if (added) {
            PrivateFiles.write(file, kept);
        }
        return new Passwords(kept);
    }

    String superuser() {
        return kept.getProperty(SUPERUSER);
    }

    Map<String, String> ofDatabases() {
        Map<String, String> passwords = new TreeMap<>();
        kept.stringPropertyNames().stream()
                .filter(name -> !name.equals(SUPERUSER))
                .forEach(name -> passwords.put(name, kept.getProperty(name)));
        return passwords;
    }

    private static boolean addMissing(Properties kept, String name) {
        if (kept.containsKey(name)) {
            return false;
        }
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        kept.setProperty(name, HexFormat.of().formatHex(random));
        return true;
    }
}
