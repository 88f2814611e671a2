/** Probes of real servers and commands. */
@org.jspecify.annotations.NullMarked
package org.nucleus.agent.probe;
