/** Brings a command's URIs into its sandbox: local files, HTTP, archives. Knows sandboxes only as directories. */
@NullMarked
package org.nucleus.agent.fetcher;

import org.jspecify.annotations.NullMarked;
