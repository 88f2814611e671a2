package org.nucleus.conformance.clients;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * One of the jars that the original publishes for frameworks on the JVM. Programs are compiled against it alone, as they
 * were by their authors, and run with the driver's jar before it.
 */
enum OriginalJar {
    UNSHADED("mesos.jar", "com.google.protobuf", "protobuf-java.jar"),
    SHADED("mesos-shaded-protobuf.jar", "org.apache.mesos.protobuf");

    private static final Path JARS = Path.of(System.getProperty("conformance.scratch", "target"), "driver")
            .toAbsolutePath();

    private final String jar;
    private final String protobuf;
    private final List<String> others;

    OriginalJar(String jar, String protobuf, String... others) {
        this.jar = jar;
        this.protobuf = protobuf;
        this.others = List.of(others);
    }

    /** Compiles the programs of the resource folder {@code programs} into a directory. */
    void compile(Path directory, String... programs) {
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", original(), "-d", directory.toString()));
        for (String program : programs) {
            arguments.add(source(directory, program).toString());
        }
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK");
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new AssertionError("The programs do not compile against " + jar);
        }
    }

    private Path source(Path directory, String program) {
        String name = "/programs/" + program + ".java";
        try (InputStream resource = Objects.requireNonNull(OriginalJar.class.getResourceAsStream(name), name)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(
                    directory.resolve(program + ".java"), text.replace("com.google.protobuf", protobuf));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of a program: its own classes, the driver, the original. */
    String classPath(Path classes) {
        return String.join(
                File.pathSeparator,
                classes.toString(),
                JARS.resolve("mesos-driver-all.jar").toString(),
                original());
    }

    private String original() {
        return Stream.concat(Stream.of(jar), others.stream())
                .map(name -> JARS.resolve(name).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
