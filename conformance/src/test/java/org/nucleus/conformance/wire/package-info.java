/** The protocol as bytes on a connection: requests, answers, records of a stream. Knows nothing of who answers. */
@NullMarked
package org.nucleus.conformance.wire;

import org.jspecify.annotations.NullMarked;
