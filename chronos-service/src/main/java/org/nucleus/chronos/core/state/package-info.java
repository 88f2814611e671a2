/**
 * What the core of Chronos knows and says: its inputs, changes and effects, and the state that changes are applied to.
 * Knows no rule: whoever decides something lives in a room of its own.
 */
@NullMarked
package org.nucleus.chronos.core.state;

import org.jspecify.annotations.NullMarked;
