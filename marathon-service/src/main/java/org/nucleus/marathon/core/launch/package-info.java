/** How waiting instances meet offers: the queue, delays after failures, constraints, ports, and the tasks themselves. */
@NullMarked
package org.nucleus.marathon.core.launch;

import org.jspecify.annotations.NullMarked;
