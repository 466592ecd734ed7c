package io.hubline.sandbox.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What [ReflectionAgent] writes into `java.lang.Class` calls this: it notes, once each, which members of
/// our classes were looked up and by whom.
///
/// It stands on the boot class path, so it uses nothing but the JDK. A line is on disk when the call
/// returns, for services are killed.
public final class ReflectionLog {

    /// Quarkus runs this part of a start at build time for a native image.
    private static final String BUILD_TIME_CLASS = "io.quarkus.runner.ApplicationImpl";
    private static final String BUILD_TIME_METHOD = "<clinit>";

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final ThreadLocal<Boolean> BUSY = new ThreadLocal<>();
    private static volatile @Nullable Path file;

    private ReflectionLog() {}

    /// Begins a file for this process; its first line is the command.
    public static void into(Path folder) throws IOException {
        Path begun = folder.resolve(ProcessHandle.current().pid() + ".reflection");
        Files.writeString(begun, System.getProperty("sun.java.command", "") + "\n");
        file = begun;
    }

    /// Somebody looks up `members` of `type`.
    public static void lookedUp(Class<?> type, String members) {
        Path into = file;
        if (into == null || BUSY.get() != null) {
            return;
        }
        BUSY.set(Boolean.TRUE);
        try {
            String line = members + " " + type.getName();
            if (type.getName().startsWith("io.hubline.") && !SEEN.contains(line)) {
                List<StackWalker.StackFrame> stack = StackWalker.getInstance().walk(frames -> frames.toList());
                if (stack.stream().noneMatch(frame -> isBuildTime(frame) || isAlwaysKept(frame)) && SEEN.add(line)) {
                    Files.writeString(into, line + " " + caller(stack) + "\n", StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            BUSY.remove();
        }
    }

    private static boolean isBuildTime(StackWalker.StackFrame frame) {
        return frame.getClassName().equals(BUILD_TIME_CLASS)
                && frame.getMethodName().equals(BUILD_TIME_METHOD);
    }

    /// The constants of an enum and the members of an annotation are there in every native image.
    private static boolean isAlwaysKept(StackWalker.StackFrame frame) {
        return frame.getMethodName().equals("getEnumConstantsShared")
                || frame.getClassName().startsWith("sun.reflect.annotation.");
    }

    private static String caller(List<StackWalker.StackFrame> stack) {
        return stack.stream()
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk.")
                        && !frame.getClassName().equals(ReflectionLog.class.getName()))
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .orElse("the JDK");
    }
}
