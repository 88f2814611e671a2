/** What a message costs to write and to read, in both encodings. */
@NullMarked
package org.nucleus.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
