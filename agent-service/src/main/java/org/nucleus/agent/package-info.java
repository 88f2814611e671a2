/**
 * The agent as a process: its settings, and the one place where the core, the disk, the network and the containers
 * meet.
 */
@NullMarked
package org.nucleus.agent;

import org.jspecify.annotations.NullMarked;
