package org.nucleus.service.flags;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The flags in force, as {@code /flags} shows them: by name, as text, without secrets. */
public final class EffectiveFlags {
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    private EffectiveFlags() {}

    public static Map<String, String> of(Record... settings) {
        Map<String, String> flags = new TreeMap<>();
        for (Record record : settings) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object value = value(record, component);
                String name = FlagDeclarations.snakeCase(component.getName());
                if (value != null && !isSecret(name)) {
                    flags.put(name, text(value));
                }
            }
        }
        return flags;
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("settings are public records: " + record.getClass(), e);
        }
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password") || lower.contains("secret");
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + "secs" : duration.toMillis() + "ms";
        }
        return USER_INFO.matcher(value.toString()).replaceAll("//");
    }
}
