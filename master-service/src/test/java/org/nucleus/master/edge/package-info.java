/** The master as its peers meet it: over real HTTP, with a real database and ZooKeeper. */
@NullMarked
package org.nucleus.master.edge;

import org.jspecify.annotations.NullMarked;
