/** The rules for runs: when one is due, retried, skipped, over; and what the master's word about its task means. */
@NullMarked
package org.nucleus.chronos.core.run;

import org.jspecify.annotations.NullMarked;
