package org.nucleus.agent.nested;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Named pipes, which Java itself cannot make. */
final class Pipes {
    private static final int OWNER_ONLY = 0600;
    private static final MethodHandle MKFIFO = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("mkfifo"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private Pipes() {}

    /** Makes a pipe that only the agent's user can open by its name. */
    static void make(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            if ((int) MKFIFO.invokeExact(arena.allocateFrom(path.toString()), OWNER_ONLY) != 0) {
                throw new IOException("Cannot make a named pipe at " + path);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("mkfifo is not what it should be", e);
        }
    }
}
