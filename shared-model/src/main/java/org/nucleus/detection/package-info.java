/** Who leads: a fixed address, or the master's node in ZooKeeper as every Mesos client reads it. */
@NullMarked
package org.nucleus.detection;

import org.jspecify.annotations.NullMarked;
