/** Verdicts of health checks that Marathon runs itself. */
@NullMarked
package org.nucleus.marathon.core.health;

import org.jspecify.annotations.NullMarked;
