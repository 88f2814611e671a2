/** Figures about Chronos, made from its steps. Rules never call it. */
@NullMarked
package org.nucleus.chronos.metrics;

import org.jspecify.annotations.NullMarked;
