package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays every transcript in {@code scenarios/} and compares. A paragraph is inputs, a line of dashes, and what the
 * machine did; {@code -Drewrite=true} writes down what it does now, to be reviewed as a difference.
 */
class ScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");
    private static final String DASHES = "----";

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.sorted().toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    private static void play(Path file) throws IOException {
        String expected = Files.readString(file);
        String actual = replay(expected);
        if (Boolean.getBoolean("rewrite")) {
            Files.writeString(file, actual);
            return;
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static String replay(String text) {
        Player player = new Player(new World());
        List<String> out = new ArrayList<>();
        for (String paragraph : text.strip().split("\n\n+")) {
            List<String> lines = new ArrayList<>();
            for (String line : paragraph.split("\n")) {
                if (line.equals(DASHES)) {
                    break;
                }
                lines.add(line);
            }
            out.add(String.join("\n", lines));
            List<String> inputs =
                    lines.stream().filter(line -> !line.startsWith("#")).toList();
            if (inputs.isEmpty()) {
                out.add("");
                continue;
            }
            out.add(DASHES);
            inputs.forEach(line -> out.addAll(player.play(line)));
            out.add("");
        }
        return String.join("\n", out.subList(0, out.size() - 1)) + "\n";
    }
}
