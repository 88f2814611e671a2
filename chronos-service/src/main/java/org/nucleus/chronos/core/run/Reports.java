package org.nucleus.chronos.core.run;

import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Run;

/** What tasks, or those who watch them, say about themselves over HTTP. */
public final class Reports {
    private final Runs runs;

    public Reports(Runs runs) {
        this.runs = runs;
    }

    /** The result of an asynchronous run. Source: TaskManagementResource.scala of 2.x. */
    public void result(ChronosInput.ReportResult in, Frame frame) {
        Run run = frame.state().run(in.task()).filter(Run::active).orElse(null);
        if (run == null) {
            frame.reply(in.request(), new Answer.Refused("No run has the task '" + in.task() + "'"));
            return;
        }
        Job job = frame.state().job(run.job()).orElseThrow();
        if (!job.spec().policy().async()) {
            frame.reply(in.request(), new Answer.Refused("Job '" + job.name() + "' is not async"));
            return;
        }
        runs.reported(run, in.status(), frame);
        frame.reply(in.request(), new Answer.Done());
    }

    /** How many further elements a task of a data processing job has processed. Source: JobManagementResource.scala. */
    public void progress(ChronosInput.ReportProgress in, Frame frame) {
        Run run = frame.state()
                .run(in.task())
                .filter(found -> found.active() && found.job().equals(in.job()))
                .orElse(null);
        if (run == null) {
            frame.reply(in.request(), new Answer.Refused("Job '" + in.job() + "' runs no task '" + in.task() + "'"));
            return;
        }
        Job job = frame.state().job(run.job()).orElseThrow();
        if (!job.spec().dataProcessingJobType()) {
            frame.reply(in.request(), new Answer.Refused("Job '" + in.job() + "' is not of the data processing type"));
            return;
        }
        if (in.additional() < 0) {
            frame.reply(in.request(), new Answer.Refused("numAdditionalElementsProcessed must not be negative"));
            return;
        }
        frame.record(new Change.RunStored(run.processed(in.additional())));
        frame.reply(in.request(), new Answer.Done());
    }
}
