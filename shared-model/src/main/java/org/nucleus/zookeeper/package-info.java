/** How ZooKeeper is addressed and connected to. */
@NullMarked
package org.nucleus.zookeeper;

import org.jspecify.annotations.NullMarked;
