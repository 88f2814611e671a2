/**
 * Where sandboxes lie, what of them may be read from outside, and when they are removed. Knows nothing of processes.
 */
@NullMarked
package org.nucleus.agent.sandbox;

import org.jspecify.annotations.NullMarked;
