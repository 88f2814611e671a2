package org.nucleus.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.election.Leadership;

/**
 * The cluster's gauges for Prometheus, under the original's names: those of the leader; a follower shows none of them as
 * anything but zero. All gauges of one scrape share a picture.
 */
public final class ClusterMeters {
    private final Leadership leadership;
    private volatile Measured last = new Measured(Picture.empty());

    /** A picture and what is measured on it. */
    private static final class Measured {
        private final Picture picture;
        private final Map<String, Double> values = new LinkedHashMap<>();

        Measured(Picture picture) {
            this.picture = picture;
            ClusterGauges.add(values, picture);
        }
    }

    public ClusterMeters(MeterRegistry meters, Leadership leadership) {
        this.leadership = leadership;
        last.values
                .keySet()
                .forEach(name -> Gauge.builder("nucleus." + name.replace('/', '.'), this, self -> self.value(name))
                        .register(meters));
        Gauge.builder("nucleus.master.elected", leadership, of -> of.term().isPresent() ? 1 : 0)
                .register(meters);
    }

    private double value(String name) {
        return current().values.getOrDefault(name, 0.0);
    }

    private Measured current() {
        Measured known = last;
        Picture picture = picture(known.picture);
        if (picture != known.picture) {
            known = new Measured(picture);
            last = known;
        }
        return known;
    }

    private Picture picture(Picture known) {
        var term = leadership.term();
        if (term.isEmpty()) {
            return Picture.empty();
        }
        try {
            return term.get().picture();
        } catch (TimeoutException e) {
            return known; // too busy to be looked at: what was seen last
        }
    }
}
