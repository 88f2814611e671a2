/** One leadership from election to end: what was stored is recovered, the machine runs, and nothing outlives it. */
@NullMarked
package org.nucleus.marathon.term;

import org.jspecify.annotations.NullMarked;
