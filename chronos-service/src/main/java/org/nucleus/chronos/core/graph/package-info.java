/** Who depends on whom among the jobs, as questions to the state. */
@NullMarked
package org.nucleus.chronos.core.graph;

import org.jspecify.annotations.NullMarked;
