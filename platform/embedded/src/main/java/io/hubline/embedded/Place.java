package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where PostgreSQL's program and data lie.
///
/// Under root, PostgreSQL runs as `nobody`, who cannot pass through a folder that only root may enter (such
/// as `/root` or what `mktemp -d` makes). Then both lie in a folder of `/var/tmp` that belongs to this home
/// alone.
record Place(Path binaries, Path postgresData, @Nullable Path refuge) {

    static Place of(DaemonSettings settings) {
        Account account = Account.forServers();
        Path data = settings.home().resolve("postgres");
        if (account.reaches(settings.home()) && account.reaches(settings.binaries())) {
            return new Place(settings.binaries(), data, null);
        }
        Path refuge = Path.of("/var/tmp", "hubline-" + fingerprint(settings.home()));
        Path mark = settings.home().resolve("refuge");
        Path counterpart = refuge.resolve("mark");
        try {
            if (!Files.exists(mark)
                    || !Files.exists(counterpart)
                    || !Files.readString(mark).equals(Files.readString(counterpart))) {
                PrivateFiles.deleteTree(refuge);
                Files.createDirectories(refuge);
                Files.setPosixFilePermissions(refuge, PosixFilePermissions.fromString("rwxr-xr-x"));
                String token = UUID.randomUUID().toString();
                PrivateFiles.write(counterpart, token);
                PrivateFiles.write(mark, token);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Place(refuge.resolve("bin"), refuge.resolve("postgres"), refuge);
    }

    void delete() {
        if (refuge != null) {
            PrivateFiles.deleteTree(refuge);
        }
    }

    private static String fingerprint(Path home) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(home.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
