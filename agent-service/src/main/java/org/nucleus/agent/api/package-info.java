/** The agent's HTTP: the original's endpoints, read-only. Sees pictures and files; never rules or the state itself. */
@NullMarked
package org.nucleus.agent.api;

import org.jspecify.annotations.NullMarked;
