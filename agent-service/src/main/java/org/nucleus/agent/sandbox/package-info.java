/**
 * Where sandboxes lie, and when they are removed. Knows nothing of processes.
 */
@NullMarked
package org.nucleus.agent.sandbox;

import org.jspecify.annotations.NullMarked;
