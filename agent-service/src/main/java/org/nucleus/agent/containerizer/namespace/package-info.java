/**
 * What a container sees of its machine: mount and pid namespaces, made and entered by the thread that starts it, and the
 * volumes put in its sandbox. Knows the kernel's calls, paths and volumes; of cgroups, launches and tasks nothing.
 */
@NullMarked
package org.nucleus.agent.containerizer.namespace;

import org.jspecify.annotations.NullMarked;
