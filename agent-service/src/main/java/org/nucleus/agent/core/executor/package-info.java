/**
 * Executors that frameworks name: their own, which are processes that speak the executor API, and the built-in default
 * executor of task groups, which is the agent itself.
 */
@NullMarked
package org.nucleus.agent.core.executor;

import org.jspecify.annotations.NullMarked;
