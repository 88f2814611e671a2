package org.nucleus.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader of any module may rely on, checked over the sources of all. */
class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LINES_MOST = 500;
    private static final Pattern BANNED = Pattern.compile(
            "FIXME|TODO|\\bXXX\\b|Thread\\.sleep|@Autowired|printStackTrace|org\\.mockito|@Disabled|@Ignore");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Impl|Manager|Util|Utils|Helper|Helpers)\\.java");

    @Test
    void noBannedWords() throws IOException {
        assertThat(sources())
                .filteredOn(file -> !file.endsWith("TidyTest.java"))
                .filteredOn(file -> BANNED.matcher(read(file)).find())
                .isEmpty();
    }

    @Test
    void noNamesThatSayNothing() throws IOException {
        assertThat(sources())
                .filteredOn(file ->
                        EMPTY_NAME.matcher(file.getFileName().toString()).matches())
                .isEmpty();
    }

    @Test
    void noFileIsTooLong() throws IOException {
        assertThat(sources())
                .filteredOn(file -> !file.toString().contains("/org/nucleus/wire/"))
                .filteredOn(file -> read(file).lines().count() > LINES_MOST)
                .as("the wire's records follow the protocol's messages, however long these are")
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        List<Path> packages = sources().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .toList();
        assertThat(packages).filteredOn(folder -> !isDescribed(folder)).isEmpty();
    }

    private static boolean isDescribed(Path folder) {
        Path info = folder.resolve("package-info.java");
        return Files.exists(info)
                && read(info).contains("@NullMarked")
                && read(info).startsWith("/**");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(TidyTest::javaFiles)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
