/** The JSON of Marathon's REST interface: read into the core's records with the original's complaints, and written back. */
@NullMarked
package org.nucleus.marathon.api.format;

import org.jspecify.annotations.NullMarked;
