/** Rules for the first step of a process: what former ones decided meets what still runs. */
@NullMarked
package org.nucleus.agent.core.recovery;

import org.jspecify.annotations.NullMarked;
