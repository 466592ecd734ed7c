package io.hubline.sandbox.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/// What the packaged native sources of a service say to the native compiler.
///
/// @param registered by class, the kinds of members that may be looked up: `fields`, `methods`,
///     `constructors`
/// @param resources patterns of the resources that are taken along
public record NativeSources(Map<String, Set<String>> registered, Set<String> resources) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "META-INF/native-image/";
    private static final Map<String, String> KINDS = Map.of(
            "allDeclaredFields", "fields",
            "allPublicFields", "fields",
            "allDeclaredMethods", "methods",
            "allPublicMethods", "methods",
            "allDeclaredConstructors", "constructors",
            "allPublicConstructors", "constructors");

    /// Reads the sources of a module, such as `order-service`.
    ///
    /// @throws IOException when the module's native sources are not packaged
    public static NativeSources of(Path module) throws IOException {
        Path folder = module.resolve("target/native-sources");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*-runner.jar")) {
            for (Path jar : jars) {
                return read(jar);
            }
        }
        throw new IOException("no native sources in " + folder);
    }

    private static NativeSources read(Path path) throws IOException {
        Map<String, Set<String>> registered = new TreeMap<>();
        Set<String> resources = new TreeSet<>();
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JsonNode entry : json(jar, "reflect-config.json")) {
                Set<String> kinds =
                        registered.computeIfAbsent(entry.path("name").asText(), _ -> new TreeSet<>());
                KINDS.forEach((flag, kind) -> {
                    if (entry.path(flag).asBoolean()) {
                        kinds.add(kind);
                    }
                });
                if (entry.has("fields")) {
                    kinds.add("fields");
                }
                for (JsonNode method : entry.path("methods")) {
                    kinds.add(method.path("name").asText().equals("<init>") ? "constructors" : "methods");
                }
            }
            for (JsonNode pattern : json(jar, "resource-config.json").at("/resources/includes")) {
                resources.add(pattern.path("pattern").asText());
            }
        }
        return new NativeSources(registered, resources);
    }

    private static JsonNode json(JarFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(METADATA + name);
        if (entry == null) {
            throw new IOException("%s has no %s".formatted(jar.getName(), name));
        }
        try (InputStream bytes = jar.getInputStream(entry)) {
            return JSON.readTree(bytes);
        }
    }
}
