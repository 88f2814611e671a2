/** Asks running tasks what the core wants to know: runs a command, gets a page, connects. Judges nothing. */
@NullMarked
package org.nucleus.agent.probe;

import org.jspecify.annotations.NullMarked;
