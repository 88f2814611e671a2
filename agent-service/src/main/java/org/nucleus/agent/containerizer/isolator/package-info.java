/**
 * What holds containers back: the isolators that {@code --isolation} names, cgroups of both layouts, the quota of
 * sandboxes. Knows files of the kernel and numbers; of processes only their pids, of tasks nothing.
 */
@NullMarked
package org.nucleus.agent.containerizer.isolator;

import org.jspecify.annotations.NullMarked;
