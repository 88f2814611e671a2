/** Figures about the durations of runs. */
@NullMarked
package org.nucleus.chronos.core.stats;

import org.jspecify.annotations.NullMarked;
