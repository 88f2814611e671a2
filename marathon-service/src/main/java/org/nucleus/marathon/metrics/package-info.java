/** Figures about Marathon, made from its steps. */
@NullMarked
package org.nucleus.marathon.metrics;

import org.jspecify.annotations.NullMarked;
