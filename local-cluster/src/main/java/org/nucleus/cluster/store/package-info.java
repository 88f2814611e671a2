/** PostgreSQL and ZooKeeper as parts of a local cluster: their own data directories, no installation. */
@NullMarked
package org.nucleus.cluster.store;

import org.jspecify.annotations.NullMarked;
