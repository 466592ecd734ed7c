package io.hubline.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// Servers unpacked from the jars on the daemon's class path: once per folder, whole or not at all.
final class Binaries {

    private static final String REDIS = "redis-server-7.0.15";
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;

    Binaries(Path folder) {
        this.folder = folder;
    }

    /// The folder with `bin/postgres` in it.
    Path postgres() {
        String archive = "postgres-%s-%s.txz".formatted(system(), isArm() ? "arm_64" : "x86_64");
        return unpacked("postgres-18.6.0", archive, (content, draft) -> {
            try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(content, 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, draft);
                }
            }
        });
    }

    /// The Redis program itself.
    Path redis() {
        String program = "%s-%s-%s".formatted(REDIS, system(), isArm() ? "arm64" : "amd64");
        return unpacked(REDIS, program, (content, draft) -> {
                    Files.copy(content, draft.resolve("redis-server"));
                    Files.setPosixFilePermissions(draft.resolve("redis-server"), PROGRAM);
                })
                .resolve("redis-server");
    }

    private interface Unpacking {
        void unpack(InputStream content, Path draft) throws IOException;
    }

    private Path unpacked(String name, String resource, Unpacking unpacking) {
        Path target = folder.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            openFolder(folder);
            Path lockFile = folder.resolve(name + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.isDirectory(target)) {
                    Path draft = folder.resolve(name + ".draft");
                    PrivateFiles.deleteTree(draft);
                    openFolder(draft);
                    try (InputStream content = open(resource)) {
                        unpacking.unpack(content, draft);
                    }
                    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return target;
        } catch (IOException e) {
            throw new InfrastructureException("Cannot unpack %s into %s: %s".formatted(resource, folder, e), e);
        }
    }

    private static InputStream open(String resource) {
        @Nullable InputStream content = Binaries.class.getResourceAsStream("/" + resource);
        if (content == null) {
            throw new InfrastructureException("There is no %s for this machine (%s, %s)"
                    .formatted(resource, System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        return content;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path draft) throws IOException {
        Path file = draft.resolve(entry.getName()).normalize();
        if (!file.startsWith(draft)) {
            throw new IOException("An entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            openFolder(file);
        } else if (entry.isSymbolicLink() || entry.isLink()) {
            openFolder(parent(file));
            Path link = entry.isLink()
                    ? parent(file).relativize(draft.resolve(entry.getLinkName()))
                    : Path.of(entry.getLinkName());
            Files.createSymbolicLink(file, link);
        } else {
            openFolder(parent(file));
            Files.copy(tar, file);
            Files.setPosixFilePermissions(file, (entry.getMode() & 0111) != 0 ? PROGRAM : PLAIN);
        }
    }

    private static Path parent(Path file) {
        @Nullable Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("No folder above " + file);
        }
        return parent;
    }

    /// Other accounts must be able to run what lies here, whatever the umask says.
    private static void openFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PROGRAM);
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }
}
