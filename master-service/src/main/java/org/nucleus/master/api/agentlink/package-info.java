/** The door through which agents dial in. */
@NullMarked
package org.nucleus.master.api.agentlink;

import org.jspecify.annotations.NullMarked;
