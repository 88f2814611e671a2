package org.nucleus.chronos.view;

import org.nucleus.chronos.core.state.Job;

/** The graph of jobs as text, for drawing. Source: JobGraph.makeDotFile and the CSV of GraphManagementResource. */
public final class JobGraphText {
    private JobGraphText() {}

    public static String dot(ChronosView view) {
        StringBuilder text = new StringBuilder("digraph G {\n");
        view.jobs().forEach(job -> text.append("  \"").append(job.name()).append("\";\n"));
        for (Job job : view.jobs()) {
            job.parents()
                    .forEach(parent -> text.append("  \"")
                            .append(parent)
                            .append("\" -> \"")
                            .append(job.name())
                            .append("\";\n"));
        }
        return text.append("}\n").toString();
    }

    public static String csv(ChronosView view) {
        StringBuilder text = new StringBuilder();
        for (Job job : view.jobs()) {
            text.append("node,")
                    .append(job.name())
                    .append(',')
                    .append(job.tally().lastState());
            text.append(',').append(view.state(job.name())).append('\n');
        }
        for (Job job : view.jobs()) {
            job.parents()
                    .forEach(parent -> text.append("link,")
                            .append(parent)
                            .append(',')
                            .append(job.name())
                            .append('\n'));
        }
        return text.toString();
    }
}
