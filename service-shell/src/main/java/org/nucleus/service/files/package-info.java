/** Files that a service lets clients look into, and the endpoints they look through. */
@NullMarked
package org.nucleus.service.files;

import org.jspecify.annotations.NullMarked;
