package org.nucleus.service.flags;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.convert.converter.Converter;

/**
 * Durations as the originals write them: {@code 15secs}, {@code 1.5hrs}, {@code 500ms}; also ISO-8601, Spring's short
 * form, and a bare number of milliseconds. Source: stout/duration.hpp, Duration::parse.
 */
@ConfigurationPropertiesBinding
public final class MesosDuration implements Converter<String, Duration> {
    private static final Pattern TEXT = Pattern.compile("(-?[0-9]*\\.?[0-9]+)(ns|us|ms|secs|mins|hrs|days|weeks)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "secs", Duration.ofSeconds(1),
            "mins", Duration.ofMinutes(1),
            "hrs", Duration.ofHours(1),
            "days", Duration.ofDays(1),
            "weeks", Duration.ofDays(7));

    /** @throws IllegalArgumentException if {@code text} is none of the known forms */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return DurationStyle.detectAndParse(text.strip());
        }
        long unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO).toNanos();
        return Duration.ofNanos(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue());
    }

    @Override
    public Duration convert(String source) {
        return parse(source);
    }
}
