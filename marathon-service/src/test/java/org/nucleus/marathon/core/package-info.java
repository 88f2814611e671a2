/** Marathon's core, fed with inputs and judged by its steps. */
@NullMarked
package org.nucleus.marathon.core;

import org.jspecify.annotations.NullMarked;
