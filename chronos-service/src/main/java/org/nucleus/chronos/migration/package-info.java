/** Brings the jobs of another Chronos here, over the API of both. */
@NullMarked
package org.nucleus.chronos.migration;

import org.jspecify.annotations.NullMarked;
