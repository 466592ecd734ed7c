package io.hubline.sandbox.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Makes `java.lang.Class` tell [ReflectionLog] whose members are looked up: what the tracing agent of
/// GraalVM does, in a JVM that has none.
public final class ReflectionAgent {

    /// The methods of `java.lang.Class` through which every look-up of members goes, and what they look up.
    private static final Map<String, String> LOOK_UPS = Map.of(
            "privateGetDeclaredFields", "fields",
            "privateGetDeclaredMethods", "methods",
            "privateGetDeclaredConstructors", "constructors",
            "getRecordComponents", "methods");

    private static final String LOG_JAR = "reflection-log.jar";

    private ReflectionAgent() {}

    /// Writes the agent as a jar, and beside it the jar for the boot class path.
    ///
    /// @param tools where the jars go
    /// @param notes where the JVM notes its reflection, in a file of its own
    /// @return the option for the JVM
    public static String option(Path tools, Path notes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ReflectionAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        manifest.getMainAttributes().putValue("Boot-Class-Path", LOG_JAR);
        Path agent = tools.resolve("reflection-agent.jar");
        write(agent, manifest, ReflectionAgent.class, IntoClass.class, Telling.class);
        write(tools.resolve(LOG_JAR), new Manifest(), ReflectionLog.class);
        return "-javaagent:%s=%s".formatted(agent, notes);
    }

    private static void write(Path jar, Manifest manifest, Class<?>... parts) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Class<?> part : parts) {
                String entry = part.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = part.getResourceAsStream("/" + entry)) {
                    if (bytes == null) {
                        throw new IOException(entry + " is not on the class path");
                    }
                    bytes.transferTo(out);
                }
            }
        }
    }

    /// Called by the JVM before `main`.
    ///
    /// @param notes the folder to write to
    public static void premain(String notes, Instrumentation jvm) {
        try {
            ReflectionLog.into(Path.of(notes));
            jvm.addTransformer(new IntoClass(), true);
            jvm.retransformClasses(Class.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnmodifiableClassException e) {
            throw new IllegalStateException("java.lang.Class cannot be watched here", e);
        }
    }

    /// Puts a call to [ReflectionLog] at the begin of each look-up.
    static final class IntoClass implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                ClassLoader loader, String name, @Nullable Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            if (redefined != Class.class) {
                return null;
            }
            ClassFile classFile = ClassFile.of();
            ClassTransform telling = (builder, element) -> {
                @Nullable
                String members = element instanceof MethodModel method
                        ? LOOK_UPS.get(method.methodName().stringValue())
                        : null;
                if (members == null) {
                    builder.with(element);
                } else {
                    builder.transformMethod(
                            (MethodModel) element, MethodTransform.transformingCode(new Telling(members)));
                }
            };
            return classFile.transformClass(classFile.parse(bytes), telling);
        }
    }

    /// The call itself, before everything else that the method does.
    private record Telling(String members) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            code.aload(0)
                    .loadConstant(members)
                    .invokestatic(
                            ClassDesc.of(ReflectionLog.class.getName()),
                            "lookedUp",
                            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Class, ConstantDescs.CD_String));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
