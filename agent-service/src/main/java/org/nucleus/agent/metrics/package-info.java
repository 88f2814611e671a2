/** Figures about the agent, made from its steps; rules know nothing of them. */
@NullMarked
package org.nucleus.agent.metrics;

import org.jspecify.annotations.NullMarked;
