/** What agents do: executors, tasks' lives, files, and the endpoints of their own. */
@NullMarked
package org.nucleus.conformance.agent;

import org.jspecify.annotations.NullMarked;
