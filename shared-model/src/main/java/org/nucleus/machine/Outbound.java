package org.nucleus.machine;

import java.util.List;

/** Where released effects go: hands each to its bounded queue and never blocks the writer. */
public interface Outbound<F> {
    void send(List<F> effects);
}
