/** Becoming the leader, being it for one term, and ceasing to be it. */
@NullMarked
package org.nucleus.master.election;

import org.jspecify.annotations.NullMarked;
