package org.nucleus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.mesos.MesosExecutorDriver;
import org.apache.mesos.MesosNativeLibrary;
import org.apache.mesos.MesosSchedulerDriver;
import org.apache.mesos.Protos;
import org.apache.mesos.Scheduler;
import org.apache.mesos.state.AbstractState;
import org.apache.mesos.state.Variable;
import org.apache.mesos.state.ZooKeeperState;
import org.apache.mesos.v1.scheduler.V0Mesos;
import org.apache.mesos.v1.scheduler.V1Mesos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our classes stand in for the original's: whatever was compiled against those links with these. */
class OriginalApiTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                MesosSchedulerDriver.class,
                MesosExecutorDriver.class,
                MesosNativeLibrary.class,
                MesosNativeLibrary.Version.class,
                ZooKeeperState.class,
                AbstractState.class,
                Variable.class,
                V0Mesos.class,
                V1Mesos.class
            })
    void everyPublicMemberOfTheOriginalIsThere(Class<?> ours) throws Exception {
        try (URLClassLoader loader = original()) {
            Class<?> original = loader.loadClass(ours.getName());
            assertThat(original).isNotSameAs(ours);
            assertThat(members(ours)).containsAll(members(original));
            assertThat(ours.getModifiers()).isEqualTo(original.getModifiers());
            assertThat(names(ours.getInterfaces())).isEqualTo(names(original.getInterfaces()));
            assertThat(ours.getSuperclass().getName())
                    .isEqualTo(original.getSuperclass().getName());
        }
    }

    @Test
    void theVersionIsThatOfTheOriginal() throws Exception {
        try (URLClassLoader loader = original()) {
            assertThat(MesosNativeLibrary.VERSION)
                    .isEqualTo(loader.loadClass(MesosNativeLibrary.class.getName())
                            .getField("VERSION")
                            .get(null));
        }
        MesosNativeLibrary.load("/nowhere/libmesos.so");
        MesosNativeLibrary.load();
        MesosNativeLibrary.Version version = MesosNativeLibrary.version();
        assertThat(List.of(version.major, version.minor, version.patch)).containsExactly(1L, 11L, 0L);
        assertThat(version.after(new MesosNativeLibrary.Version(0, 23))).isTrue();
        assertThat(version.before(new MesosNativeLibrary.Version(1, 11, 1))).isTrue();
        assertThat(version.equals(new MesosNativeLibrary.Version(1, 11))).isTrue();
        assertThat(version.compareTo(new MesosNativeLibrary.Version(2))).isNegative();
    }

    /** Else it would link with the unshaded or with the shaded original only. */
    @Test
    void nothingNamesProtobufsRuntime() throws IOException {
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class")))
                    .isNotEmpty()
                    .noneMatch(file -> read(file).contains("com/google/protobuf"));
        }
    }

    private static URLClassLoader original() {
        URL api = Scheduler.class.getProtectionDomain().getCodeSource().getLocation();
        URL protobuf = Protos.FrameworkInfo.class
                .getSuperclass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        return new URLClassLoader(new URL[] {api, protobuf}, ClassLoader.getPlatformClassLoader());
    }

    /** Public methods, constructors and fields, each with its descriptor. */
    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
                members.add(
                        (Modifier.isStatic(method.getModifiers()) ? "static " : "") + method.getName() + descriptor);
            }
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            members.add("new "
                    + MethodType.methodType(void.class, constructor.getParameterTypes())
                            .toMethodDescriptorString());
        }
        for (Field field : type.getFields()) {
            members.add(Modifier.toString(field.getModifiers()) + " " + field.getType() + " " + field.getName());
        }
        return members;
    }

    private static List<String> names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
