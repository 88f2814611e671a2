/** Processes of a local cluster: started in sessions of their own, found again by pid files, ended by signals. */
@NullMarked
package org.nucleus.cluster.process;

import org.jspecify.annotations.NullMarked;
