/**
 * Containers of a Docker engine on this machine, asked through its HTTP API on a unix socket. Knows images, networks
 * and the engine's moods; not tasks or executors.
 */
@NullMarked
package org.nucleus.agent.containerizer.docker;

import org.jspecify.annotations.NullMarked;
