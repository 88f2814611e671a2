package org.nucleus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;

/** A framework of the original's API runs to its end, whichever of the original's two jars is on the class path. */
class ShadedOriginalTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"mesos-1.11.0.jar, com.google.protobuf", "mesos-1.11.0-shaded-protobuf.jar, org.apache.mesos.protobuf"})
    void anUnmodifiedFrameworkRuns(String jar, String protobuf) throws Exception {
        try (ScriptedMaster master = new ScriptedMaster();
                URLClassLoader loader = classPathWith(jar)) {
            Class<?> framework = loader.loadClass(OneTaskFramework.class.getName());
            Class<?> messages = loader.loadClass("org.apache.mesos.Protos$FrameworkInfo");
            assertThat(messages.getSuperclass().getPackageName()).isEqualTo(protobuf);
            AtomicReference<Object> status = new AtomicReference<>();
            Thread running = Thread.ofPlatform().start(() -> status.set(call(framework, master.address())));

            ScriptedMaster.Stream stream = master.subscribed();
            stream.send(Samples.offers("o1"));
            Call.Accept accept = master.awaitCall().accept();
            assertThat(accept.operations()
                            .getFirst()
                            .launch()
                            .taskInfos()
                            .getFirst()
                            .taskId()
                            .value())
                    .isEqualTo("task-1");
            stream.send(Samples.update("task-1", TaskState.TASK_FINISHED, true));
            assertThat(master.awaitCall().type()).isEqualTo(Call.Type.TEARDOWN);
            assertThat(running.join(java.time.Duration.ofNanos(TimeUnit.SECONDS.toNanos(10))))
                    .isTrue();
            assertThat(status.get()).hasToString("DRIVER_STOPPED");
        }
    }

    private static Object call(Class<?> framework, String master) {
        try {
            return framework.getMethod("run", String.class).invoke(null, master);
        } catch (ReflectiveOperationException e) {
            return e;
        }
    }

    /** What is on this test's own class path, but of the original's jars only the one named. */
    private static URLClassLoader classPathWith(String jar) {
        boolean shaded = jar.contains("shaded");
        List<String> entries =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        URL[] urls = entries.stream()
                .map(Path::of)
                .filter(entry -> isWanted(entry.getFileName().toString(), jar, shaded))
                .map(ShadedOriginalTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static boolean isWanted(String name, String jar, boolean shaded) {
        if (name.startsWith("mesos-1")) {
            return name.equals(jar);
        }
        return !(shaded && name.startsWith("protobuf-java"));
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
