/** Schedules against examples and against slow, obvious reckoning. */
@NullMarked
package org.nucleus.chronos.core.schedule;

import org.jspecify.annotations.NullMarked;
