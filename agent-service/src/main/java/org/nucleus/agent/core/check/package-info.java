/** Verdicts on running tasks from what probes tell: when to ask, what to report, when to kill. Never asks itself. */
@NullMarked
package org.nucleus.agent.core.check;

import org.jspecify.annotations.NullMarked;
