/** The original's replicated variables, in ZooKeeper, without a native library. */
@NullMarked
package org.apache.mesos.state;

import org.jspecify.annotations.NullMarked;
