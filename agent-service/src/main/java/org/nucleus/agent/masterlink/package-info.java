/**
 * The agent's connection to the leading master: HTTP and detection. Decides nothing: when to connect is the core's
 * word.
 */
@NullMarked
package org.nucleus.agent.masterlink;

import org.jspecify.annotations.NullMarked;
