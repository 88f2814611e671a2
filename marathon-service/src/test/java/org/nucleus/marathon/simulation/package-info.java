/** Marathon's core in virtual time, with its store, a master and agents that fail. One seed, one history. */
@NullMarked
package org.nucleus.marathon.simulation;

import org.jspecify.annotations.NullMarked;
