/** The rules of the core, as scenarios: inputs in, changes and effects out. */
@NullMarked
package org.nucleus.chronos.core;

import org.jspecify.annotations.NullMarked;
