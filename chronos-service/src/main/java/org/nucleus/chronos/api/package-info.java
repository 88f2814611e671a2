/** The original's REST interface: decodes, hands over to the core, encodes. Knows no rule. */
@NullMarked
package org.nucleus.chronos.api;

import org.jspecify.annotations.NullMarked;
