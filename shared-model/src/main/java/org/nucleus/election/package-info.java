/** Who shall lead: Curator's latch, and the json.info_ node that detectors look for. */
@NullMarked
package org.nucleus.election;

import org.jspecify.annotations.NullMarked;
