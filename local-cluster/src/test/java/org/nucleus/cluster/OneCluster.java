package org.nucleus.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.nucleus.cluster.process.Leftovers;

/** One cluster for all end-to-end tests of a run, started by the first that asks for it and ended after the last. */
public final class OneCluster implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(OneCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LivingCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Held.class, _ -> Held.start(), Held.class)
                .cluster();
    }

    /** Ends with the test run. */
    private record Held(Path directory, LivingCluster cluster) implements AutoCloseable {
        static Held start() {
            try {
                Path directory = Files.createTempDirectory("nucleus cluster");
                return new Held(directory, LivingCluster.start(directory));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            cluster.close();
            if (!Leftovers.in(directory).isEmpty()) {
                throw new AssertionError("processes are left: " + Leftovers.in(directory));
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
