/** Who leads, the term of this process if it does, and the way to the leader if it does not. */
@NullMarked
package org.nucleus.chronos.leader;

import org.jspecify.annotations.NullMarked;
