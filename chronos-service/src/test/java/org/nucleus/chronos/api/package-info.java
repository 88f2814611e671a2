/** The REST interface over real HTTP, on a real database and ZooKeeper. */
@NullMarked
package org.nucleus.chronos.api;

import org.jspecify.annotations.NullMarked;
