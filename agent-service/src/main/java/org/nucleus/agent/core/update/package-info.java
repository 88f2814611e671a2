/** Rules for status updates: in order per task, sent again until acknowledged. */
@NullMarked
package org.nucleus.agent.core.update;

import org.jspecify.annotations.NullMarked;
