/** What tasks left in their sandboxes, asked of the agents that keep them. */
@NullMarked
package org.nucleus.chronos.sandbox;

import org.jspecify.annotations.NullMarked;
