/** Which runs of one job may be, and may go on, at the same time. */
@NullMarked
package org.nucleus.chronos.core.overlap;

import org.jspecify.annotations.NullMarked;
