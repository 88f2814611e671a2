/** Marathon as a whole: over real HTTP, a real database and a real ZooKeeper, against a small master. */
@NullMarked
package org.nucleus.marathon;

import org.jspecify.annotations.NullMarked;
