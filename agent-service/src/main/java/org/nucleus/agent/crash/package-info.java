/** Where the agent may die, for the test that lets it. Knows nothing of any other room. */
@NullMarked
package org.nucleus.agent.crash;

import org.jspecify.annotations.NullMarked;
