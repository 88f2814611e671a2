/**
 * Chronos: runs jobs on a schedule or after other jobs, as an ordinary framework. This room puts the others
 * together.
 */
@NullMarked
package org.nucleus.chronos;

import org.jspecify.annotations.NullMarked;
