/** The encodings of the wire records, driven by the schema resource, and the framing of streams. */
@NullMarked
package org.nucleus.wire.codec;

import org.jspecify.annotations.NullMarked;
