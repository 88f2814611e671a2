/** Where the core's effects go, and how containers' fates come back. Decides nothing. */
@NullMarked
package org.nucleus.agent.outbound;

import org.jspecify.annotations.NullMarked;
