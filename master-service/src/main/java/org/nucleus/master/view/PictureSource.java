package org.nucleus.master.view;

import org.nucleus.master.core.state.Picture;

/** The machine, as far as readers are concerned: asked on the writer's thread alone. */
@FunctionalInterface
public interface PictureSource {
    Picture picture();
}
