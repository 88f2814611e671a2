/** What a follower does with a request that only the leader can answer. */
@NullMarked
package org.nucleus.service.leader;

import org.jspecify.annotations.NullMarked;
