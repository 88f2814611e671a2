/** The v1 messages as records, one Java shape each; names and defaults as in the protocol. They carry no annotations and know no encoding. */
@NullMarked
package org.nucleus.wire;

import org.jspecify.annotations.NullMarked;
