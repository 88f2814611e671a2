/** Tests of Chronos as a whole, and the stand-ins they need. */
@NullMarked
package org.nucleus.chronos;

import org.jspecify.annotations.NullMarked;
