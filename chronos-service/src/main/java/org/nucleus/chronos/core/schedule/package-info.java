/** ISO 8601 repeating intervals as pure functions of their text: when a job is due, whatever happened in between. */
@NullMarked
package org.nucleus.chronos.core.schedule;

import org.jspecify.annotations.NullMarked;
