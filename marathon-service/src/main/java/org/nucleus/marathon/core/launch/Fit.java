package org.nucleus.marathon.core.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Instance.Home;
import org.nucleus.marathon.core.state.RejectReason;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;

/**
 * What a launch would take of an offer.
 *
 * @param parts the resources, ports among them: of an app's task, or of a pod's executor and then of each container
 * @param ports one number for each port definition; 0: none on the host
 * @param rest what is left then
 * @param home where the instance's data is or will be; absent: it has none
 * @param before what must be done before the launch: reserve, create
 */
record Fit(
        List<List<Resource>> parts,
        List<Integer> ports,
        Stock rest,
        @Nullable Home home,
        List<Offer.Operation> before) {

    /** Either how an app fits, or why it doesn't: as a reason, and in words. */
    record Look(@Nullable Fit fit, @Nullable RejectReason reason, String detail) {
        static Look no(RejectReason reason, String detail) {
            return new Look(null, reason, detail);
        }
    }
}
