package org.nucleus.simulation;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;

/** Resources of messages, parsed once for each list of them: checks look at the same ones again and again. */
final class Parsed {
    private static final int KEPT_MOST = 512;

    private final Map<List<Resource>, Resources> known = new IdentityHashMap<>();

    Resources of(List<Resource> list) {
        Resources found = known.get(list);
        if (found == null) {
            if (known.size() == KEPT_MOST) {
                known.clear();
            }
            found = Resources.of(list);
            known.put(list, found);
        }
        return found;
    }
}
