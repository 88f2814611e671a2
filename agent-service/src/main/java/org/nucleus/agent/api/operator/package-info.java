/** {@code POST /api/v1}: what operators, and executors with containers of their own, ask of the agent. */
@NullMarked
package org.nucleus.agent.api.operator;

import org.jspecify.annotations.NullMarked;
