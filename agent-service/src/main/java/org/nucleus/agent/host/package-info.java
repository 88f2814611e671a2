/** What the machine has to offer. */
@NullMarked
package org.nucleus.agent.host;

import org.jspecify.annotations.NullMarked;
