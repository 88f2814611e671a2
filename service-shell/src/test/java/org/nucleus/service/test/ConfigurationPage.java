package org.nucleus.service.test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A service's section of {@code docs/configuration.md}, made from what it declares: the components of its settings
 * records, their types, defaults and Javadoc. A test of each service compares; run it with {@code -Drewrite=true} to
 * write the section anew.
 *
 * @param service as in {@code nucleus/<service>-flags.properties}
 * @param environmentPrefix of its environment variables
 */
public record ConfigurationPage(String service, String environmentPrefix) {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern PARAMETER = Pattern.compile("@param (\\w+) (.*?)(?=@param|$)", Pattern.DOTALL);

    /** The section as it is and as it should be. */
    public record Compared(String written, String expected) {}

    /** Reads the page; first rewrites the section if the system property {@code rewrite} is true. */
    public Compared compare() throws IOException {
        String expected = section();
        String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (Boolean.getBoolean("rewrite")) {
            String before = find(page);
            page = before.isEmpty() ? page.stripTrailing() + "\n\n" + expected + "\n" : page.replace(before, expected);
            Files.writeString(PAGE, page);
        }
        return new Compared(find(page), expected);
    }

    private String find(String page) {
        int begin = page.indexOf(mark("begin"));
        int end = page.indexOf(mark("end"));
        return begin < 0 || end < begin
                ? ""
                : page.substring(begin, end + mark("end").length());
    }

    private String mark(String what) {
        return "<!-- " + what + " of " + service + "'s flags -->";
    }

    private String section() throws IOException {
        Properties declared = declared();
        List<String> lines = new ArrayList<>();
        lines.add(mark("begin"));
        lines.add("## " + service);
        lines.add("");
        lines.add("Environment: `" + environmentPrefix + "` and the flag's name in capitals.");
        lines.add("");
        lines.add("| flag | type | default | meaning |");
        lines.add("|---|---|---|---|");
        Map<String, String> rows = new TreeMap<>();
        for (String name : words(declared.getProperty("settings", ""))) {
            Class<?> type = settings(name);
            Map<String, String> meanings = meanings(type);
            for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
                String flag = snakeCase(parameter.getName());
                rows.put(flag, row(flag, parameter, meanings.getOrDefault(parameter.getName(), "")));
            }
        }
        lines.addAll(rows.values());
        List<String> ignored = words(declared.getProperty("ignored", ""));
        if (!ignored.isEmpty()) {
            lines.add("");
            lines.add("Accepted for compatibility, without effect: "
                    + String.join(
                            ", ",
                            ignored.stream()
                                    .sorted()
                                    .map(flag -> "`--" + flag + "`")
                                    .toList()) + ".");
        }
        lines.add(mark("end"));
        return String.join("\n", lines);
    }

    private Properties declared() throws IOException {
        Properties declared = new Properties();
        try (InputStream in =
                getClass().getClassLoader().getResourceAsStream("nucleus/" + service + "-flags.properties")) {
            declared.load(in);
        }
        return declared;
    }

    private static String row(String flag, Parameter parameter, String meaning) {
        DefaultValue annotation = parameter.getAnnotation(DefaultValue.class);
        String fallback = annotation == null ? "" : String.join(",", annotation.value());
        String shown = fallback.isEmpty() ? "" : "`" + fallback.replace("|", "\\|") + "`";
        return "| `--" + flag + "` | " + typeName(parameter.getType()) + " | " + shown + " | "
                + meaning.replace("|", "\\|") + " |";
    }

    private static String typeName(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "switch";
        }
        if (type == Duration.class) {
            return "duration";
        }
        if (type == DataSize.class) {
            return "bytes";
        }
        if (type == Path.class) {
            return "path";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "number";
        }
        return Collection.class.isAssignableFrom(type) ? "list" : "text";
    }

    private static Class<?> settings(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the declaration names a class that is not there", e);
        }
    }

    /** The {@code @param} sentences of a settings record's source. */
    private static Map<String, String> meanings(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".java";
        Path own = Path.of("src", "main", "java").resolve(file);
        Path source = Files.exists(own)
                ? own
                : Path.of("..", "service-shell", "src", "main", "java").resolve(file);
        String text = Files.readString(source);
        int end = text.indexOf("@ConfigurationProperties(");
        Matcher matcher = PARAMETER.matcher(text.substring(text.lastIndexOf("/**", end), end)
                .replaceAll("\\s*\\*/.*", "")
                .replaceAll("\\n\\s*\\* ?", " "));
        Map<String, String> meanings = new TreeMap<>();
        while (matcher.find()) {
            meanings.put(
                    matcher.group(1),
                    matcher.group(2)
                            .replaceAll("\\{@code ([^}]*)}", "`$1`")
                            .replaceAll("\\s+", " ")
                            .strip());
        }
        return meanings;
    }

    private static List<String> words(String joined) {
        return List.of(joined.split("[,\\s]+")).stream()
                .filter(word -> !word.isBlank())
                .toList();
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
