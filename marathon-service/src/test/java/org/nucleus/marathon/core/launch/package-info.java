/** Matching offers. */
@NullMarked
package org.nucleus.marathon.core.launch;

import org.jspecify.annotations.NullMarked;
