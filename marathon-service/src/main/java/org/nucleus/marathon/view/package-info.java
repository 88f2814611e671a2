/** What readers see of the cluster: always what is stored, never the machine's own state. */
@NullMarked
package org.nucleus.marathon.view;

import org.jspecify.annotations.NullMarked;
