/** Tests of the room of the same name. */
@org.jspecify.annotations.NullUnmarked
package org.nucleus.chronos.migration;
