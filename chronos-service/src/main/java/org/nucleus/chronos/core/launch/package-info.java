/** The rules for offers: which queued run goes where, and the task it becomes. */
@NullMarked
package org.nucleus.chronos.core.launch;

import org.jspecify.annotations.NullMarked;
