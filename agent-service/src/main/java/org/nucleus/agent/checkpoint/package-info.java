/** The agent's memory on disk. Knows the core's changes and files; neither rules nor the network. */
@NullMarked
package org.nucleus.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
