/** Marathon's REST interface: decodes, hands over, encodes. Decides nothing about apps. */
@NullMarked
package org.nucleus.marathon.api;

import org.jspecify.annotations.NullMarked;
